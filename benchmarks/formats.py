"""Every format of a bilan, for 40, 100 and 300 fiches; the PDF beside Chromium on the same HTML.

    python -m benchmarks.formats [--tours 1] [--fiches 40 100 300]

The convention of Lalbenque-Limogne, its fiches copied until there are enough, photos and indicators
included. Each drawing is a process of its own, one after the other in the same run. « dessin » and
« CPU » are those of the drawing alone; « processus » counts the start of Python and the reading of
the convention too, as Chromium's counts its own. The memory is the highest of the process (of the
largest one, for Chromium). Ends with status 1 where the time of a format grows much faster than the
number of fiches.
"""

import argparse
import itertools
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .portail import configure

SLUG = "lalbenque-limogne-2019-2022"
FICHES = (40, 100, 300)
#: CPU seconds per fiche for the most fiches, beside those for the fewest: 1 is proportional.
CROISSANCE = 1.5
# CPU seconds after which a drawing is ended: no run lasts for ever.
LIMIT = 600
CHROMIUM = "Chromium"
DRAW = """
import sys, time
from pathlib import Path
from benchmarks.portail import configure
configure(Path(sys.argv[1]))
from django.utils import timezone
from axes.models import Convention
from reports.render.formats import FORMATS
from reports.tree import build_bilan
tree = build_bilan(Convention.objects.get(slug=sys.argv[2]), None, today=timezone.localdate())
start, cpu = time.perf_counter(), time.process_time()
content = FORMATS[sys.argv[3]].render(tree)
print(time.perf_counter() - start, time.process_time() - cpu)
Path(sys.argv[4]).write_bytes(content)
"""


@dataclass(frozen=True, slots=True)
class Dessin:
    """One drawing: its seconds, in CPU too, those of its whole process, MiB, bytes."""

    secondes: float
    cpu: float
    processus: "Processus"
    octets: int


@dataclass(frozen=True, slots=True)
class Processus:
    """A process that has ended: seconds, CPU seconds, highest memory in MiB, what it printed."""

    secondes: float
    cpu: float
    memoire: float
    sortie: str


def prepare(folder: Path) -> None:
    configure(folder)
    from django.conf import settings
    from django.core.management import call_command

    from pilotage.exchange.imports import import_convention

    call_command("migrate", verbosity=0, interactive=False)
    import_convention(settings.BASE_DIR / "demo" / SLUG)


def grow(count: int) -> None:
    """Copy the fiches of the convention, each with all it has, until there are that many."""
    from actions.models import FicheAction
    from axes.models import Convention

    convention = Convention.objects.get(slug=SLUG)
    fiches = list(FicheAction.objects.of_convention(convention).order_by("pk"))
    for number, fiche in zip(range(len(fiches), count), itertools.cycle(fiches), strict=False):
        _copy_fiche(fiche, number)


def _copy_fiche(fiche, number: int) -> None:
    from actions.models import FicheAction

    (new,) = _copied(FicheAction.objects.filter(pk=fiche.pk), ordre=number, precedente=None)
    volets = _copied_by_key(fiche.volets, fiche=new)
    for rows in (fiche.realisations, fiche.documents):
        for row in rows.all():
            volet = volets.get(row.volet_id)
            _copied(rows.filter(pk=row.pk), fiche=new, volet=volet)
    for rows in (fiche.resultats_attendus, fiche.points_etape, fiche.pilotes, fiche.partenaires):
        _copied(rows, fiche=new)
    for indicateur in fiche.indicateurs.all():
        (same,) = _copied(fiche.indicateurs.filter(pk=indicateur.pk), fiche=new, volet=None)
        _copied(indicateur.valeurs, indicateur=same)


def _copied(rows, **changes) -> list:
    copies = list(rows.all())
    for row in copies:
        row.pk, row._state.adding = None, True
        if hasattr(row, "reference"):
            row.reference = ""
        for name, value in changes.items():
            setattr(row, name, value)
    return rows.model.objects.bulk_create(copies)


def _copied_by_key(rows, **changes) -> dict:
    """The copies by the key of their original."""
    keys = list(rows.all().values_list("pk", flat=True))
    return {key: _copied(rows.filter(pk=key), **changes)[0] for key in keys}


def draw(folder: Path, cle: str) -> Dessin:
    """Draw one format in a process of its own; the file stands in `folder` afterwards."""
    path = folder / f"bilan.{cle}"
    command = [sys.executable, "-c", DRAW, str(folder), SLUG, cle, str(path)]
    process = run(command)
    seconds, cpu = map(float, process.sortie.split())
    return Dessin(seconds, cpu, process, path.stat().st_size)


def print_by_chromium(folder: Path, chromium: str) -> Dessin:
    """Print the HTML that was drawn before by Chromium."""
    path = folder / "chromium.pdf"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    # Without its zygote, the processes that it starts are counted with it.
    command += ["--no-zygote", f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={path}"]
    page = folder / "bilan-chromium.html"
    shutil.copy(folder / "bilan.html", page)
    process = run([*command, page.as_uri()])
    return Dessin(math.nan, process.cpu, process, path.stat().st_size)


def run(command) -> Processus:
    """Run one command to its end. Raises RuntimeError where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT)),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command[0]} : statut {process.returncode}")
        output.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Processus(seconds, cpu, usage.ru_maxrss / 1024, output.read())


def measure(folder: Path, rounds: int) -> dict[str, list[Dessin]]:
    """Every format, then Chromium where the machine has it; once a round."""
    from reports.render.formats import FORMATS

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    found = {}
    for _ in range(rounds):
        for cle in FORMATS:
            found.setdefault(cle, []).append(draw(folder, cle))
        if chromium:
            found.setdefault(CHROMIUM, []).append(print_by_chromium(folder, chromium))
    return found


MEASURES = {
    "dessin s": lambda dessin: dessin.secondes,
    "CPU s": lambda dessin: dessin.cpu,
    "processus s": lambda dessin: dessin.processus.secondes,
    "Mio": lambda dessin: dessin.processus.memoire,
    "Mo": lambda dessin: dessin.octets / 1e6,
}


def median(dessins: list[Dessin], name: str) -> float:
    return statistics.median(map(MEASURES[name], dessins))


def print_size(fiches: int, found: dict[str, list[Dessin]]) -> None:
    """One line per format; the PDF in multiples of Chromium, from process to process."""
    print(f"{f'{fiches} fiches':12}" + "".join(f"{name:>13}" for name in MEASURES))
    for cle, dessins in found.items():
        line = "".join(f"{median(dessins, name):13.2f}" for name in MEASURES)
        print(f"{cle:12}{line}".replace("nan", "  –"), flush=True)
    if CHROMIUM in found:
        seconds, cpu = (
            statistics.median(getattr(dessin.processus, name) for dessin in found["pdf"])
            / statistics.median(getattr(dessin.processus, name) for dessin in found[CHROMIUM])
            for name in ("secondes", "cpu")
        )
        print(f"pdf / {CHROMIUM} : {seconds:.1f} (en CPU : {cpu:.1f})", flush=True)


def print_growth(measures: dict[int, dict[str, list[Dessin]]]) -> bool:
    """What each step multiplies; returns whether every format stays near to proportional."""
    sizes = sorted(measures)
    steps = list(itertools.pairwise(sizes))
    heads = "".join(f"{f'{few}→{many}':>24}" for few, many in steps)
    print(f"{'croissance':12}{heads}{'par fiche':>13}")
    print(f"{'':12}" + f"{'CPU':>10}{'Mio':>7}{'Mo':>7}" * len(steps))
    is_held = True
    few, many = sizes[0], sizes[-1]
    for cle in measures[few]:
        line = f"{cle:12}" + "".join(_step(measures[a][cle], measures[b][cle]) for a, b in steps)
        per_fiche = _times(measures[few][cle], measures[many][cle], "CPU s") * few / many
        is_over = cle != CHROMIUM and per_fiche > CROISSANCE
        is_held = is_held and not is_over
        print(f"{line}{per_fiche:13.2f}{'  DÉPASSÉ' if is_over else ''}")
    return is_held


def _step(few: list[Dessin], many: list[Dessin]) -> str:
    widths = {"CPU s": 10, "Mio": 7, "Mo": 7}
    return "".join(
        f"{f'× {_times(few, many, name):.1f}':>{width}}" for name, width in widths.items()
    )


def _times(few: list[Dessin], many: list[Dessin], name: str) -> float:
    return median(many, name) / median(few, name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tours", type=int, default=1, help="nombre de dessins par format")
    parser.add_argument("--fiches", type=int, nargs="+", default=FICHES)
    options = parser.parse_args()
    measures = {}
    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as name:
        folder = Path(name)
        prepare(folder)
        for fiches in sorted(options.fiches):
            grow(fiches)
            measures[fiches] = measure(folder, options.tours)
            print_size(fiches, measures[fiches])
    is_held = print_growth(measures)
    print("Charge de la machine :", *(f"{load:.1f}" for load in os.getloadavg()))
    return 0 if is_held else 1


if __name__ == "__main__":
    raise SystemExit(main())
