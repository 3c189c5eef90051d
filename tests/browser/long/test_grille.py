"""The entry grid under the keyboard of a real browser, then without any script."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from ctg_portal.lib.periodes import parse_periode
from indicators.models import Valeur
from indicators.saisie import CelluleImpossible, CelluleSaisie, check_cell, parse_cell
from tests.browser.keyboard import tab_to
from tests.factories import IndicateurFactory, ValeurFactory

NBSP = "\u00a0"
YEARS = ("2020", "2021", "2022", "2023", "2024")


@pytest.fixture
def grid(petite):
    """Three indicators of a convention of 2020 to 2024; the first one has two values."""
    convention = petite.convention
    rows = [
        IndicateurFactory(convention=convention, intitule=title, ordre=rank, unite="jours")
        for rank, title in enumerate(("Ouverture", "Accueil", "Séjours"))
    ]
    for periode, nombre in (("2020", 60), ("2021", 94)):
        ValeurFactory(indicateur=rows[0], periode=parse_periode(periode), valeur=nombre)
    address = f"{convention.get_absolute_url()}indicateurs/grille/"
    return SimpleNamespace(rows=rows, address=address, **vars(petite))


@pytest.fixture
def opened(page, sign_in, grid):
    """The grid on the screen of the coordinator."""
    sign_in(page, grid.coordination)
    page.goto(grid.address)
    return page


def name_of(grid, row, year) -> str:
    return f"case-{grid.rows[row].pk}-{year}"


def cell(page, grid, row, year):
    return page.locator(f'input[name="{name_of(grid, row, year)}"]')


def stored(grid, row) -> dict[str, Decimal | None]:
    found = Valeur.objects.filter(indicateur=grid.rows[row], previsionnelle=False)
    return {v.periode.code: v.valeur for v in found}


def focused(page) -> str:
    return page.evaluate("document.activeElement.name")


def paste(page, text):
    """What Ctrl V does with a spreadsheet's block: an event with its text, on the focused cell."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def copied(page) -> str:
    """What Ctrl C puts in the clipboard."""
    return page.evaluate(
        """() => {
            const data = new DataTransfer();
            const event = new ClipboardEvent("copy",
                { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
            return data.getData("text/plain");
        }"""
    )


def save(page):
    page.keyboard.press("Control+Enter")
    expect(page.locator("#annonces .avis").first).to_contain_text("Grille enregistrée")


def test_a_row_is_typed_moved_through_and_saved_by_keyboard(opened, grid):
    page = opened
    tab_to(page, cell(page, grid, 0, "2022"))
    page.keyboard.type("1070")
    page.keyboard.press("ArrowRight")
    assert focused(page) == name_of(grid, 0, "2023")
    page.keyboard.type("~1 100 p (arrêté en juin)")
    page.keyboard.press("Tab")
    page.keyboard.type("1200 prév")
    page.keyboard.press("Enter")
    assert focused(page) == name_of(grid, 1, "2024")
    page.keyboard.type("12")
    page.keyboard.press("Home")  # inside what is being typed
    assert focused(page) == name_of(grid, 1, "2024")
    page.keyboard.press("Shift+Enter")
    assert focused(page) == name_of(grid, 0, "2024")
    expect(cell(page, grid, 0, "2024").locator("..")).to_have_class("changee prevue")
    page.keyboard.press("Home")
    assert focused(page) == name_of(grid, 0, "2020")
    page.keyboard.press("End")
    assert focused(page) == name_of(grid, 0, "2024")
    page.keyboard.press("Control+Home")
    assert focused(page) == name_of(grid, 0, "2020")
    page.keyboard.press("Control+End")
    assert focused(page) == name_of(grid, 2, "2024")
    save(page)
    assert stored(grid, 0) == {"2020": 60, "2021": 94, "2022": 1070, "2023": 1100}
    assert stored(grid, 1) == {"2024": 12}
    expect(cell(page, grid, 0, "2023")).to_have_value(f"~1{NBSP}100 p (arrêté en juin)")
    expect(cell(page, grid, 0, "2024")).to_have_value(f"1{NBSP}200 prév")
    page.reload()
    expect(cell(page, grid, 0, "2022")).to_have_value(f"1{NBSP}070")


def test_the_change_follows_what_is_typed_as_the_server_computes_it(opened, grid):
    page = opened
    change = page.locator("tr[data-decimales]").first.locator("output")
    expect(change).to_have_text(f"+{NBSP}56,7{NBSP}%")
    cell(page, grid, 0, "2022").focus()
    for typed in ("47", "0", "94 prév", ">100", "36424", "douze", "1"):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.wait_for_timeout(10)
        live = change.text_content()
        if typed == "47":
            assert live == f"−{NBSP}50,0{NBSP}%"
        if typed in ("94 prév", ">100", "douze"):
            assert live == f"+{NBSP}56,7{NBSP}%"
    save(page)
    expect(change).to_have_text(live)


def test_escape_gives_back_what_was_there_and_f2_mends_it(opened, grid):
    page = opened
    field = cell(page, grid, 0, "2021")
    field.focus()
    page.keyboard.type("7")
    expect(field).to_have_value("7")
    expect(page.locator("#etat-grille")).to_contain_text(f"1{NBSP}case modifiée.")
    page.keyboard.press("Escape")
    expect(field).to_have_value("94")
    page.keyboard.press("F2")
    page.keyboard.type("1")
    expect(field).to_have_value("941")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == name_of(grid, 0, "2021")


def test_a_fault_and_a_doubt_are_said_in_the_cell_as_it_is_typed(opened, grid):
    page = opened
    field = cell(page, grid, 0, "2022")
    field.focus()
    page.keyboard.type("douze")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#etat-grille")).to_contain_text("n’est pas une valeur")
    page.keyboard.press("ArrowRight")
    expect(field.locator("..").locator(".faute")).to_contain_text("douze")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("400")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field.locator("..").locator(".faute")).to_have_count(0)
    expect(page.locator("#etat-grille")).to_contain_text("plus de trois fois")


def test_a_block_of_a_spreadsheet_is_pasted_and_saved(opened, grid):
    page = opened
    cell(page, grid, 0, "2021").focus()
    # Figures as French and as machines write them, a quoted cell, an empty one, a last line end.
    paste(page, '1 070,00\t"~99 (dit ""environ"")"\t\r\n36424.0\t12 p\t13 prév\r\n')
    expect(page.locator("#etat-grille")).to_contain_text(f"Bloc collé{NBSP}: 6{NBSP}cases.")
    expect(page.locator("td.choisie")).to_have_count(6)
    save(page)
    assert stored(grid, 0) == {"2020": 60, "2021": 1070, "2022": 99}
    assert stored(grid, 1) == {"2021": 36424, "2022": 12}
    expect(cell(page, grid, 0, "2022")).to_have_value('~99 (dit "environ")')
    expect(cell(page, grid, 1, "2023")).to_have_value("13 prév")


def test_three_bad_cells_of_a_pasted_block_write_nothing_and_are_shown(opened, grid):
    page = opened
    cell(page, grid, 0, "2020").focus()
    paste(page, "61\tdouze\t12,5\n7\t8\t#REF!\n")
    expect(page.locator("#etat-grille")).to_contain_text(f"3{NBSP}à corriger")
    expect(page.locator("td .faute")).to_have_count(3)
    page.keyboard.press("Control+Enter")
    summary = page.locator(".resume-erreurs")
    expect(summary.locator("li")).to_have_count(3)
    expect(summary).to_contain_text("Accueil, 2022")
    expect(cell(page, grid, 0, "2021")).to_have_value("douze")
    expect(cell(page, grid, 1, "2020")).to_have_value("7")
    assert (stored(grid, 0), stored(grid, 1)) == ({"2020": 60, "2021": 94}, {})
    summary.get_by_role("link").first.press("Enter")
    assert focused(page) == name_of(grid, 0, "2021")


def test_a_block_goes_out_and_comes_back_the_same(opened, grid):
    page = opened
    cell(page, grid, 0, "2021").focus()
    paste(page, '36 424,0\t-3\n«\u00a0en hausse\u00a0»\t~5 p (avec "guillemets")\n')
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#etat-grille")).to_contain_text("Bloc de 2 × 2")
    out = copied(page)
    assert out == '36424,0\t-3\n«\u00a0en hausse\u00a0»\t"~5 p (avec ""guillemets"")"'
    page.keyboard.press("Delete")
    expect(cell(page, grid, 0, "2021")).to_have_value("")
    expect(cell(page, grid, 1, "2022")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(cell(page, grid, 1, "2022")).to_have_value('~5 p (avec "guillemets")')
    cell(page, grid, 1, "2023").focus()
    paste(page, out)
    expect(cell(page, grid, 2, "2024")).to_have_value('~5 p (avec "guillemets")')
    save(page)
    assert stored(grid, 1)["2023"] == 36424


def test_a_block_larger_than_the_grid_is_not_cut(opened, grid):
    page = opened
    cell(page, grid, 2, "2024").focus()
    paste(page, "1\t2\n3\t4")
    expect(page.locator("#etat-grille")).to_contain_text("Rien n’est collé")
    expect(cell(page, grid, 2, "2024")).to_have_value("")


def test_the_real_clipboard_carries_a_block(opened, grid):
    page = opened
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell(page, grid, 0, "2020").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+v")
    expect(cell(page, grid, 1, "2020")).to_have_value("60")
    expect(cell(page, grid, 1, "2021")).to_have_value("94")


NOTATION = [
    "", "120", "36 424,5", f"36{NBSP}424", "36424.5", "-3", "−3,20", "~12", "environ 12", ">5",
    "<5", "10 à 15", "15 à 10", "12 p", "12p", "12 prév", "12 prév p", "12 p p", "118 ; 120 prév",
    "118 ; 120", "120 ;", "12 (a (b) c)", "12 (a", r"12 (a\) b)", "« mieux »", "« mieux", "(fermé)",
    "« »", "douze", "12 34", "12,555", "1.234.567", "12 jours", "12 jours p", "12 joursx", "1e5",
    "123456789012", "prév", "~", "12 prévu", "12 partielle", f"1 ({'n' * 301})", "0,00", "12 (a) b",
]  # fmt: skip


def read_by_server(text) -> CelluleSaisie | None:
    """The cell, None where the server refuses it."""
    try:
        cellule = parse_cell(text, unite="jours")
        check_cell(cellule, decimales=2)
    except CelluleImpossible:
        return None
    return cellule


def test_the_browser_and_the_server_read_the_same_notation(opened):
    row = {"decimales": 2, "unite": "jours", "libre": False}
    read = opened.evaluate(
        """([texts, row]) => texts.map((text) => {
            try {
                return notation.read(text, row).map((value) => ({ ...value,
                    valeur: value.valeur?.toString() ?? null }));
            } catch (fault) { return String(fault); }
        })""",
        [NOTATION, row],
    )
    for text, found in zip(NOTATION, read, strict=True):
        cellule = read_by_server(text)
        assert isinstance(found, str) == (cellule is None), (text, found)
        if cellule is None:
            continue
        kinds = {value["prevue"]: value["valeur"] for value in found}
        for is_forecast, value in ((False, cellule.mesuree), (True, cellule.prevue)):
            assert (value is not None) == (is_forecast in kinds), text
            if value is not None and value.valeur is not None:
                assert int(kinds[is_forecast]) == value.valeur * 100, text


def test_the_grid_works_without_a_script(new_page, sign_in, grid):
    page = new_page(java_script_enabled=False)
    sign_in(page, grid.coordination)
    page.goto(grid.address)
    cell(page, grid, 0, "2022").fill("1070")
    cell(page, grid, 1, "2022").fill("douze")
    page.get_by_role("button", name="Enregistrer la grille").click()
    expect(page.locator(".resume-erreurs li")).to_have_count(1)
    expect(page.locator("td .faute")).to_contain_text("douze")
    assert stored(grid, 0) == {"2020": 60, "2021": 94}
    cell(page, grid, 1, "2022").fill("12 p")
    page.get_by_role("button", name="Enregistrer la grille").click()
    expect(page.locator("#annonces")).to_contain_text("Grille enregistrée")
    assert stored(grid, 0)["2022"] == 1070
    expect(cell(page, grid, 1, "2022")).to_have_value("12 p")


def test_a_draft_is_offered_again_and_does_not_hide_a_colleague_s_change(opened, grid):
    page = opened
    cell(page, grid, 1, "2022").focus()
    page.keyboard.type("12")
    page.wait_for_timeout(600)
    ValeurFactory(indicateur=grid.rows[1], periode=parse_periode("2022"), valeur=15)
    page.goto(grid.address)
    page.get_by_role("button", name="Reprendre").click()
    expect(cell(page, grid, 1, "2022")).to_have_value("12")
    cell(page, grid, 1, "2022").press("Control+Enter")
    expect(page.locator(".conflits")).to_contain_text("Accueil, 2022")
    assert stored(grid, 1) == {"2022": 15}
