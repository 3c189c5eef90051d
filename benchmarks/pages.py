"""What the pages cost, against a view that answers « ok » through the same server.

    python -m benchmarks.pages [--tours 40] [--profil fiche]

Pages are asked one at a time of gunicorn, as deployed; queries are counted, and `--profil` tells
where the time of one page goes, in this process. Ends with status 1 when a budget is exceeded.
"""

import argparse
import cProfile
import itertools
import os
import pstats
import tempfile
import time
from pathlib import Path

from .measure import measure
from .portail import configure, load
from .serveur import Visite, serve

# Most that a page may cost, as a multiple of the floor; most queries it may make.
BUDGETS = {
    "tableau de bord": 5,
    "fiche": 5,
    "plan, 45 fiches": 8,
    "recherche dans le plan": 8,
    "changement de statut": 3,
    "case de la grille": 3,
    "grille, 40 × 8": 10,
    "PDF inchangé": 2,
}
#: Budgets that hold for a page drawn anew as well.
BUDGETS_A_NEUF = {"grille, 40 × 8": 10}
QUERIES = 14
FLOOR = "plancher"
WRITE = "changement de statut"
WRITE_CELL = "case de la grille"
# A file that is kept: asked for again and again, it is never measured just after a change.
FILE = "PDF inchangé"
# No table takes much longer, however slow the machine.
SECONDS = 90


class SurPlace:
    """The portal in this process, asked by Django's test client for a signed-in person."""

    def __init__(self, person):
        from django.test import Client

        self.client = Client(HTTP_HOST="127.0.0.1")
        self.client.force_login(person)

    @property
    def cookies(self) -> dict[str, str]:
        return {name: morsel.value for name, morsel in self.client.cookies.items()}

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        answer = self.client.get(path)
        return answer.status_code, answer.content

    def post(self, path: str, data: dict[str, str]) -> tuple[int, bytes]:
        """Send a form as htmx does; status and body."""
        answer = self.client.post(path, data, headers={"hx-request": "true"})
        return answer.status_code, answer.content


def actions_of(portail, visitor):
    """What is measured: name to function that sends one request and checks its answer."""
    home = portail.convention.get_absolute_url()
    grille = portail.grille.get_absolute_url()
    addresses = {
        FLOOR: "/plancher/",
        "tableau de bord": home,
        "fiche": portail.fiche.get_absolute_url(),
        "plan, 45 fiches": f"{home}plan/",
        "recherche dans le plan": f"{home}plan/?q=aines",
        "grille, 40 × 8": f"{grille}indicateurs/grille/",
    }
    reads = {name: reader(visitor, path) for name, path in addresses.items()}
    return {
        **reads,
        FILE: file_reader(visitor, f"{home}bilan/pdf/"),
        WRITE: status_changer(visitor, portail.fiche),
        WRITE_CELL: cell_changer(visitor, portail.grille),
    }


def reader(visitor, path: str):
    def read():
        status, _ = visitor.get(path)
        if status != 200:
            raise RuntimeError(f"{path} : {status}")

    return read


def file_reader(visitor, path: str):
    """A function that asks for a file, the first time until it is drawn."""

    def read():
        status, body = visitor.get(path)
        while status == 202:
            time.sleep(0.5)
            status, body = visitor.get(path)
        if status != 200 or not body.startswith(b"%PDF"):
            raise RuntimeError(f"{path} : {status}")

    return read


def status_changer(visitor, fiche):
    """A function that changes a status of the fiche at each call."""
    path = f"{fiche.get_absolute_url()}statuts/"
    fiche.refresh_from_db(fields=["realisation"])
    both = ["partiellement", "realisee"]
    # Begins with the one that does not stand there: each call is a change.
    values = itertools.cycle(both if fiche.realisation != both[0] else reversed(both))

    def change():
        status, body = visitor.post(path, {"realisation": next(values)})
        if status != 200 or "Enregistré".encode() not in body:
            raise RuntimeError(f"{path} : {status}")

    return change


def cell_changer(visitor, convention):
    """A function that saves another figure in one cell of the grid at each call."""
    path = f"{convention.get_absolute_url()}indicateurs/grille/"
    indicateur = convention.indicateurs.order_by("pk")[0]
    cell = f"case-{indicateur.pk}-2022"
    figures = itertools.count(int(indicateur.valeurs.get(periode="2022").valeur))
    standing = next(figures)

    def change():
        nonlocal standing
        wanted = next(figures)
        status, _ = visitor.post(path, {cell: str(wanted), f"initial-{cell}": str(standing)})
        if status != 302:
            raise RuntimeError(f"{path} : {status}")
        standing = wanted

    return change


def queries_of(action) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        action()
    return sum(
        not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
        for query in captured.captured_queries
    )


def count_queries(portail, visitor) -> dict[str, int]:
    """Queries by action, those of a page drawn anew and of a file that is kept."""
    from django.core.cache import caches

    found = {}
    for name, action in actions_of(portail, visitor).items():
        caches["pages"].clear()
        if name == FILE:
            action()
        found[name] = queries_of(action)
    return found


def report(portail, visitor, queries, rounds: int) -> bool:
    """Measure, print the tables, return whether every budget holds.

    Pages are measured twice: read again while nothing changes, which the budgets are about, and
    drawn anew because a status has just changed, which few pages have a budget for.
    """
    actions = actions_of(portail, visitor)
    writes = {name: actions[name] for name in (FLOOR, WRITE, WRITE_CELL)}
    reads = {name: action for name, action in actions.items() if name not in (WRITE, WRITE_CELL)}
    drawn = {name: action for name, action in reads.items() if name != FILE}
    change_of_grille = status_changer(visitor, portail.fiche_grille)

    def change_both():
        """In each of the two conventions that the pages are about."""
        actions[WRITE]()
        change_of_grille()

    # The first page gives the cookie that sending a form asks for.
    actions["fiche"]()
    limits = {"floor": FLOOR, "rounds": rounds, "seconds": SECONDS}
    print("Relue, sans changement depuis :")
    is_held = print_table(measure(reads, **limits), queries, BUDGETS)
    print("Un changement :")
    is_held &= print_table(measure(writes, **limits), queries, BUDGETS)
    print("Dessinée à neuf, juste après un changement de statut :")
    anew = measure(drawn, **limits, before=change_both)
    return print_table(anew, queries, BUDGETS_A_NEUF) and is_held


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
            f"{queries[name]:>10}{'  DÉPASSÉ' if is_over else ''}",
            flush=True,
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
    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as name:
        folder = Path(name)
        configure(folder)
        portail = load()
        here = SurPlace(portail.coordination)
        if options.profil:
            print_profile(actions_of(portail, here)[options.profil])
            return 0
        queries = count_queries(portail, here)
        with serve(folder) as port:
            is_held = report(portail, Visite(port, here.cookies), queries, options.tours)
        print("Charge de la machine :", *(f"{load:.1f}" for load in os.getloadavg()))
        return 0 if is_held else 1


if __name__ == "__main__":
    raise SystemExit(main())
