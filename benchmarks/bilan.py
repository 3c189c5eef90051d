"""The bilan of Lalbenque-Limogne in PDF: WeasyPrint beside Chromium printing the same HTML.

    python -m benchmarks.bilan [--tours 3]

Each rendering is a process of its own, one after the other in the same run. Seconds are CPU and
wall; the memory is the highest of the process (of the largest process, for Chromium).
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .portail import configure

SLUG = "lalbenque-limogne-2019-2022"
WEASYPRINT = """
import sys
from pathlib import Path
from benchmarks.portail import configure
configure(Path(sys.argv[1]))
from django.utils import timezone
from axes.models import Convention
from reports.render.pdf import render_pdf
from reports.tree import build_bilan
tree = build_bilan(Convention.objects.get(slug=sys.argv[2]), None, today=timezone.localdate())
Path(sys.argv[3]).write_bytes(render_pdf(tree))
"""


def prepare(folder: Path) -> Path:
    """Import the convention and write its HTML, which Chromium will print."""
    configure(folder)
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from axes.models import Convention
    from pilotage.exchange.imports import import_convention
    from reports.render.html import render_html
    from reports.tree import build_bilan

    call_command("migrate", verbosity=0, interactive=False)
    import_convention(settings.BASE_DIR / "demo" / SLUG)
    convention = Convention.objects.get(slug=SLUG)
    page = folder / "bilan.html"
    tree = build_bilan(convention, None, today=timezone.localdate())
    page.write_text(render_html(tree), encoding="utf-8")
    return page


def commands(folder: Path, page: Path) -> dict[str, tuple[list[str], Path]]:
    """Command and resulting file by engine; Chromium only where the machine has it."""
    weasyprint = folder / "weasyprint.pdf"
    found = {
        "WeasyPrint": (
            [sys.executable, "-c", WEASYPRINT, str(folder), SLUG, str(weasyprint)],
            weasyprint,
        )
    }
    if chromium := shutil.which("chromium") or shutil.which("chromium-browser"):
        printed = folder / "chromium.pdf"
        found["Chromium"] = (
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'chromium'}",
                f"--print-to-pdf={printed}",
                page.as_uri(),
            ],
            printed,
        )
    else:
        print("Chromium est absent : WeasyPrint est mesuré seul.")
    return found


def run(command) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory (MiB) of one command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} : statut {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, usage.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tours", type=int, default=3, help="nombre de rendus par moteur")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as name:
        folder = Path(name)
        engines = commands(folder, prepare(folder))
        measures = {engine: [] for engine in engines}
        for _ in range(options.tours):
            for engine, (command, _) in engines.items():
                measures[engine].append(run(command))
        report(engines, measures)
    return 0


def report(engines, measures) -> None:
    from pypdf import PdfReader

    print(f"{'':12}{'pages':>7}{'s':>8}{'s CPU':>8}{'Mio':>7}{'Mo':>7}")
    medians = {}
    for engine, (_, path) in engines.items():
        wall, cpu, memory = (
            statistics.median(values) for values in zip(*measures[engine], strict=True)
        )
        medians[engine] = wall
        pages = len(PdfReader(path).pages)
        size = path.stat().st_size / 1_000_000
        print(f"{engine:12}{pages:>7}{wall:8.2f}{cpu:8.2f}{memory:7.0f}{size:7.2f}")
    if "Chromium" in medians:
        print(f"WeasyPrint / Chromium : {medians['WeasyPrint'] / medians['Chromium']:.1f}")


if __name__ == "__main__":
    raise SystemExit(main())
