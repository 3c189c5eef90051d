"""What the pages cost, against a view that answers « ok » through the same middleware.

    python -m benchmarks.pages [--tours 40] [--profil fiche]

Ends with status 1 when a budget is exceeded. `--profil` prints where the time of one page goes.
"""

import argparse
import cProfile
import itertools
import pstats
import tempfile
from pathlib import Path

from .measure import measure
from .portail import configure, load

# Most that a page may cost, as a multiple of the floor; most queries it may make.
BUDGETS = {
    "tableau de bord": 5,
    "fiche": 5,
    "plan, 45 fiches": 8,
    "changement de statut": 3,
    "grille, 40 × 8": 10,
}
QUERIES = 14
FLOOR = "plancher"
WRITE = "changement de statut"


def actions_of(portail):
    """What is measured: name to function that sends one request and checks its answer."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(portail.coordination)
    home = portail.convention.get_absolute_url()
    fiche = portail.fiche.get_absolute_url()
    values = itertools.cycle(["partiellement", "realisee"])

    def get(path):
        def action():
            answer = client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} : {answer.status_code}")

        return action

    def change_a_status():
        answer = client.post(
            f"{fiche}statuts/", {"realisation": next(values)}, headers={"hx-request": "true"}
        )
        if answer.status_code != 200 or "Enregistré" not in answer.content.decode():
            raise RuntimeError(f"changement de statut : {answer.status_code}")

    return {
        FLOOR: get("/plancher/"),
        "tableau de bord": get(home),
        "fiche": get(fiche),
        "plan, 45 fiches": get(f"{home}plan/"),
        "changement de statut": change_a_status,
        "grille, 40 × 8": get(f"{portail.grille.get_absolute_url()}indicateurs/grille/"),
    }


def queries_of(action) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        action()
    return sum(
        not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
        for query in captured.captured_queries
    )


def report(actions, rounds: int) -> bool:
    """Measure, print the tables, return whether every budget holds.

    Pages are measured twice: read again while nothing changes, which the budgets are about, and
    drawn anew as after each change, which is printed beside without a budget. Queries are always
    those of a page drawn anew.
    """
    from django.core.cache import caches

    forget = caches["pages"].clear
    queries = {}
    for name, action in actions.items():
        forget()
        queries[name] = queries_of(action)
    reads = {name: action for name, action in actions.items() if name != WRITE}
    writes = {name: actions[name] for name in (FLOOR, WRITE)}
    print("Relue, sans changement depuis :")
    is_held = print_table(measure(reads, floor=FLOOR, rounds=rounds), queries, BUDGETS)
    print("Un changement :")
    is_held &= print_table(measure(writes, floor=FLOOR, rounds=rounds), queries, BUDGETS)
    print("Dessinée à neuf, comme après un changement :")
    print_table(measure(reads, floor=FLOOR, rounds=rounds, before=forget), queries, {})
    return is_held


def print_table(measures, queries, budgets) -> bool:
    """One line per action; returns whether every budget holds."""
    print(f"{'':24}{'ms':>8}{'rapport':>10}{'(1er–9e décile)':>18}{'budget':>8}{'requêtes':>10}")
    is_held = True
    for name, found in measures.items():
        low, high = found.etendue
        budget = budgets.get(name)
        is_over = budget is not None and (found.rapport > budget or queries[name] > QUERIES)
        is_held = is_held and not is_over
        print(
            f"{name:24}{found.mediane * 1000:8.2f}{found.rapport:10.2f}"
            f"{f'({low:.1f}–{high:.1f})':>18}{f'≤ {budget}' if budget else '':>8}"
            f"{queries[name]:>10}{'  DÉPASSÉ' if is_over else ''}"
        )
    return is_held


def print_profile(action) -> None:
    for _ in range(5):
        action()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(20):
        action()
    profile.disable()
    pstats.Stats(profile).strip_dirs().sort_stats("cumtime").print_stats(90)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tours", type=int, default=40, help="nombre de mesures par page")
    parser.add_argument("--profil", choices=BUDGETS, help="une page à détailler")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as folder:
        configure(Path(folder))
        actions = actions_of(load())
        if options.profil:
            print_profile(actions[options.profil])
            return 0
        return 0 if report(actions, options.tours) else 1


if __name__ == "__main__":
    raise SystemExit(main())
