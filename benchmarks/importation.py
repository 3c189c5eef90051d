"""An import of the size of a large territory: 500 actions with 5,000 values, by the browser's way.

    python -m benchmarks.importation [--tours 3]

The workbook is previewed, then imported in an empty convention, each time in a process of its own
on a new database. Ends with status 1 when the import takes longer than its budget.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .portail import configure

ACTIONS, VALEURS_PAR_ACTION, AXES = 500, 10, 5
#: Seconds that reading, comparing, checking and writing may take together.
BUDGET = 10
STEPS = ("aperçu", "import")


def tables() -> dict[str, list[list[str]]]:
    """Exchange tables: an indicator per action, a value per year."""
    actions = [
        [f"F{n}", f"A{n % AXES}", f"{n}", f"Ouvrir l’accueil du quartier {n}", "en cours", "Mairie"]
        for n in range(ACTIONS)
    ]
    indicateurs = [[f"I{n}", f"Heures d’accueil {n}", "heures", f"F{n}"] for n in range(ACTIONS)]
    valeurs = [
        [f"I{n}", str(2016 + year), str(36_424 + 100 * year + n), "mercredis compris"]
        for n in range(ACTIONS)
        for year in range(VALEURS_PAR_ACTION)
    ]
    return {
        "axes": [["reference", "numero", "intitule"]]
        + [[f"A{n}", str(n + 1), f"Axe {n + 1}"] for n in range(AXES)],
        "actions": [["reference", "axe", "code", "intitule", "suivi", "pilotes"], *actions],
        "indicateurs": [["reference", "intitule", "unite", "action"], *indicateurs],
        "valeurs": [["indicateur", "periode", "valeur", "note"], *valeurs],
    }


def measure_once() -> dict[str, float]:
    """Seconds of each step, in this process and in a portal that goes away."""
    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as name:
        folder = Path(name)
        configure(folder)
        from django.core.files import File
        from django.core.management import call_command

        from accounts.models import User
        from axes.models import Convention
        from ctg_portal.lib.exchange.writers import write_xlsx
        from indicators.models import Valeur
        from pilotage.exchange.preview import apply_import, preview_import
        from pilotage.exchange.received import keep

        call_command("migrate", verbosity=0, interactive=False)
        person = User.objects.create_user("mesures@exemple.fr", nom="Mesures")
        convention = Convention.objects.create(nom="Mesures", slug="mesures", territoire="Mesures")
        path = folder / "tables.xlsx"
        write_xlsx(path, tables(), {})
        with path.open("rb") as file:
            recu = keep(File(file, name=path.name))
        start = time.perf_counter()
        apercu = preview_import(convention=convention, actor=person, recu=recu)
        shown = time.perf_counter()
        apply_import(convention=convention, actor=person, recu=recu, empreinte=apercu.empreinte)
        done = time.perf_counter()
        if Valeur.objects.count() != ACTIONS * VALEURS_PAR_ACTION:
            raise RuntimeError("toutes les valeurs n’ont pas été importées")
    return dict(zip(STEPS, (shown - start, done - shown), strict=True))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tours", type=int, default=3, help="nombre d’imports")
    parser.add_argument("--un", action="store_true", help="un seul import, dans ce processus")
    options = parser.parse_args()
    if options.un:
        print(*measure_once().values())
        return 0
    taken = [run_apart() for _ in range(options.tours)]
    print(f"{ACTIONS} actions, {ACTIONS * VALEURS_PAR_ACTION} valeurs, un classeur :")
    medians = [statistics.median(values) for values in zip(*taken, strict=True)]
    for step, seconds in zip(STEPS, medians, strict=True):
        is_over = "  DÉPASSÉ" if seconds > BUDGET else ""
        print(f"{step:12}{seconds:8.1f} s{'':4}≤ {BUDGET} s{is_over}")
    print("Charge de la machine :", *(f"{load:.1f}" for load in os.getloadavg()))
    return int(max(medians) > BUDGET)


def run_apart() -> tuple[float, ...]:
    command = [sys.executable, "-m", "benchmarks.importation", "--un"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return tuple(float(seconds) for seconds in done.stdout.split())


if __name__ == "__main__":
    raise SystemExit(main())
