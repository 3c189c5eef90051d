"""The indicator series of a published convention, pasted in the grid from a real spreadsheet."""

import re

import pytest
import xlsxwriter
from django.urls import reverse
from playwright.sync_api import expect

from indicators.models import Indicateur, Valeur
from tests.browser import axe_1
from tests.browser.keyboard import fill_in, tab_to

NBSP = "\u00a0"
YEARS = [str(year) for year in range(2017, 2024)]
FRENCH_THOUSANDS = "[$-40C]#,##0"
# Of LibreOffice's filter for texts: tabs, quotes, UTF-8, cells as they are shown.
TSV = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true"


@pytest.fixture
def empty(lalbenque):
    """The published convention, whose indicators have no value yet."""
    for valeur in Valeur.objects.select_related("indicateur"):
        valeur.delete()
    return lalbenque


@pytest.fixture
def grid(new_page, sign_in, empty):
    """The grid of the coordinator, with the years of every series and the whole period."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, empty.coordination)
    page.goto(reverse("pilotage:grille", args=[empty.convention.slug]))
    fill_in(page, {"periodes": "2017, 2018, 2023"}, button="Afficher")
    return page


def cell_of(row) -> str:
    """A value as its author would note it in one cell of her own sheet."""
    flags = " p" * (row["partiel"] == "oui") + " prév" * (row["previsionnel"] == "oui")
    note = f" ({row['note']})" if row["note"] else ""
    return f"{row['valeur']}{flags}{note}"


def sheet(rows_of_grid: list[str]) -> list[list[str]]:
    """One row per indicator of the grid, one column per year."""
    cells = {
        (row["indicateur"], row["periode"]): cell_of(row) for row in axe_1.all_of_demo()["valeurs"]
    }
    return [[cells.get((reference, year), "") for year in YEARS] for reference in rows_of_grid]


def references_of(page) -> list[str]:
    """The indicators of the grid, from top to bottom."""
    links = page.locator("tbody th[scope=row] a")
    by_address = {one.get_absolute_url(): one.reference for one in Indicateur.objects.all()}
    return [by_address[link.get_attribute("href")] for link in links.all()]


def from_a_spreadsheet(rows, convert, folder) -> str:
    """The text that LibreOffice makes of these cells, numbers shown as French people write them."""
    path = folder / "series.xlsx"
    book = xlsxwriter.Workbook(path)
    page, thousands = book.add_worksheet(), book.add_format({"num_format": FRENCH_THOUSANDS})
    for line, row in enumerate(rows):
        for place, text in enumerate(row):
            if text.isdecimal():
                page.write_number(line, place, int(text), thousands)
            elif text:
                page.write_string(line, place, text)
    book.close()
    return convert(path, TSV).read_text(encoding="utf-8").removeprefix("\ufeff")


def paste_at(page, reference, year, text):
    """Reach a cell by Tab, and paste what the clipboard of the machine holds."""
    pk = Indicateur.objects.get(reference=reference).pk
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    tab_to(page, page.locator(f'input[name="case-{pk}-{year}"]'))
    page.keyboard.press("Control+v")


def save(page):
    page.keyboard.press("Control+Enter")
    expect(page.locator("#annonces .avis").first).to_contain_text("Grille enregistrée")


def test_the_published_series_are_pasted_at_once(grid, empty, convert, tmp_path):
    page, references = grid, references_of(grid)
    rows = sheet(references)
    paste_at(page, references[0], YEARS[0], from_a_spreadsheet(rows, convert, tmp_path))
    expect(page.locator("#etat-grille")).to_contain_text(
        f"Bloc collé{NBSP}: {len(rows) * len(YEARS)}{NBSP}cases."
    )
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    words = Indicateur.objects.get(reference="rpe-frequentation")
    tab_to(page, page.locator(f'input[name="case-{words.pk}-convention"]'))
    page.keyboard.type("en hausse")
    save(page)
    typed = axe_1.without_references(axe_1.of_convention(empty.convention))
    assert typed["valeurs"] == axe_1.without_references(axe_1.all_of_demo())["valeurs"]


def test_what_leaves_the_grid_for_a_spreadsheet_has_its_figures_bare(grid):
    page, references = grid, references_of(grid)
    rows = sheet(references)
    paste_at(page, references[0], YEARS[0], "\n".join("\t".join(row) for row in rows))
    save(page)
    first = Indicateur.objects.get(reference=references[0])
    tab_to(page, page.locator(f'input[name="case-{first.pk}-{YEARS[0]}"]'))
    for _ in rows[1:]:
        page.keyboard.press("Shift+ArrowDown")
    for _ in YEARS[1:]:
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert [[bare(cell) for cell in line.split("\t")] for line in copied.split("\n")] == rows


def bare(cell: str) -> str:
    """A figure with a note keeps the space of its thousands, one that stands alone does not."""
    assert not re.fullmatch(rf"[\d{NBSP}]*{NBSP}[\d{NBSP}]*", cell)
    figure, note = cell.split(" ", 1) if " " in cell else (cell, "")
    return " ".join(filter(None, (figure.replace(NBSP, ""), note)))
