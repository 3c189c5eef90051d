"""The plan d'actions with 300 fiches in a real Chromium: first paint, and typing in it.

    python -m benchmarks.plan [--fiches 300] [--tours 5]

Times are those of the browser, of a window that knows nothing yet, the portal being served as it
is deployed: first paint and first table from the moment the page is asked; for each key typed in
the search and each status chosen, from the key to the frame that shows it; the longest task that
kept the page from answering meanwhile. The help page, which holds no table, is opened just before:
what its own first paint takes is the machine's, not the plan's. Ends with status 1 over a budget.
"""

import argparse
import itertools
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from .pages import SurPlace
from .portail import configure, load
from .serveur import serve

# Milliseconds: the first paint that was asked for, and the longest wait that is not felt.
BUDGETS = {"première image": 1000, "touche la plus lente": 200, "tâche la plus longue": 200}
WORDS = "accueil"
STATUSES = ("", "a_venir", "en_cours", "en_pause", "terminee")

WATCH = """() => {
  window.delais = [];
  window.taches = [];
  const keep = (type, list) => new PerformanceObserver((found) =>
    list.push(...found.getEntries().map(({ duration }) => duration))
  ).observe({ type, durationThreshold: 16 });
  keep("event", window.delais);
  keep("longtask", window.taches);
}"""
# After the frame that shows the answer, and what the browser does of its own a moment later.
SETTLED = "new Promise((settled) => requestAnimationFrame(() => setTimeout(settled, 500)))"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def fill(convention, fiches: int) -> None:
    """Bring the convention to that many fiches, with statuses, pilotes and ends of all kinds."""
    from actions.enums import Objectifs, Realisation
    from actions.models import FicheAction, PiloteFiche
    from axes.models import Axe
    from ctg_portal.lib.dates import parse_date

    known = FicheAction.objects.of_convention(convention).active().count()
    axes = list(Axe.objects.filter(convention=convention).order_by("ordre", "pk"))
    turns = zip(
        itertools.cycle(axes),
        itertools.cycle(STATUSES),
        itertools.cycle(["", *Realisation.values]),
        itertools.cycle(["", *Objectifs.values, ""]),
        strict=False,
    )
    for number, (axe, suivi, realisation, objectifs) in zip(
        range(fiches - known), turns, strict=False
    ):
        fiche = FicheAction.objects.create(
            axe=axe,
            code=f"M{number}",
            intitule=f"Développer l’accueil des familles et des jeunes du territoire {number}",
            ordre=1000 + number,
            suivi=suivi,
            realisation=realisation,
            objectifs_atteints=objectifs,
            fin=parse_date("2026"),
        )
        PiloteFiche.objects.create(fiche=fiche, nom=f"Pilote {number % 12}")


def look(browser, address: str, cookies: dict[str, str]) -> dict[str, float]:
    """Open the plan in a new window, type a search, choose a status; milliseconds of each."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    origin = address.split("/conventions/")[0]
    context.add_cookies([{"name": k, "value": v, "url": origin} for k, v in cookies.items()])
    light = context.new_page()
    light.goto(f"{origin}/pages/aide/", wait_until="load")
    found = {"première image, aide": light.wait_for_function(PAINT).json_value()}
    light.close()
    page = context.new_page()
    page.goto(address, wait_until="load")
    found["première image"] = page.wait_for_function(PAINT).json_value()
    found["page prête"] = page.evaluate(
        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    page.evaluate(WATCH)
    page.locator("select[name=suivi]").nth(40).focus()
    page.keyboard.type("E")
    page.locator("#annonces .avis").first.wait_for()
    page.locator("#id_q").focus()
    page.keyboard.type(WORDS, delay=120)
    # The address changes before the table does: what follows the answer is measured too.
    page.locator("#resultats .jeton").wait_for()
    page.evaluate(SETTLED)
    found["touche la plus lente"] = max(page.evaluate("window.delais"), default=0)
    found["tâche la plus longue"] = max(page.evaluate("window.taches"), default=0)
    context.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fiches", type=int, default=300)
    parser.add_argument("--tours", type=int, default=5, help="nombre de fenêtres ouvertes")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("Chromium est absent : rien n’est mesuré.")
        return 0
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="portail-mesures-") as name:
        folder = Path(name)
        configure(folder)
        portail = load()
        fill(portail.convention, options.fiches)
        cookies = SurPlace(portail.coordination).cookies
        path = f"{portail.convention.get_absolute_url()}plan/"
        with serve(folder) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            address = f"http://127.0.0.1:{port}{path}"
            looks = [look(browser, address, cookies) for _ in range(options.tours)]
            browser.close()
    return 0 if report(looks, options.fiches) else 1


def report(looks: list[dict[str, float]], fiches: int) -> bool:
    """Print the median and the worst of each measure; return whether the budgets hold."""
    print(f"Plan de {fiches} fiches, {len(looks)} fenêtres (ms)")
    print(f"{'':24}{'médiane':>10}{'pire':>8}{'budget':>10}")
    is_held = True
    for name in looks[0]:
        values = [look[name] for look in looks]
        median, budget = statistics.median(values), BUDGETS.get(name)
        is_over = budget is not None and median > budget
        is_held = is_held and not is_over
        limit = f"≤ {budget}" if budget else ""
        print(
            f"{name:24}{median:10.0f}{max(values):8.0f}{limit:>10}{'  DÉPASSÉ' if is_over else ''}"
        )
    print("Charge de la machine :", *(f"{load:.1f}" for load in os.getloadavg()))
    return is_held


if __name__ == "__main__":
    raise SystemExit(main())
