"""How long the pages are that an élue reads: in screens of a phone, in sheets of paper."""

import io

import pypdf
import pytest

PHONE = {"width": 390, "height": 844}
CONVENTIONS = (
    "vallees-fictives-2024-2028",
    "lalbenque-limogne-2019-2022",
    "quercy-blanc-2020-2024",
)
SCREENS, SHEETS_OF_AN_AXE, FICHES_ON_A_SHEET = 4, 2, 8
#: The lowest of the four numbers, and the top of what the phone keeps at its foot.
FOOT_OF_NUMBERS = "document.querySelector('.chiffres').getBoundingClientRect().bottom"
TOP_OF_BAR = "document.querySelector('.navigation').getBoundingClientRect().top"
HEIGHT = "document.documentElement.scrollHeight"


@pytest.mark.parametrize("role", ["coordination", "lecteur"])
def test_the_dashboard_takes_four_screens_of_a_phone_and_answers_on_the_first(portail, role):
    page = portail.new_context(role, **PHONE).new_page()
    for slug in CONVENTIONS:
        page.goto(f"/conventions/{slug}/", wait_until="load")
        assert page.evaluate(FOOT_OF_NUMBERS) < page.evaluate(TOP_OF_BAR) < PHONE["height"]
        assert page.evaluate(HEIGHT) <= SCREENS * PHONE["height"], slug
    page.context.close()


def sheets(page, path) -> int:
    """How many A4 the browser prints this page on, with the margins that its sheet asks for."""
    assert page.goto(path, wait_until="load").status == 200
    page.evaluate("document.fonts.ready")
    return len(pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True))).pages)


@pytest.mark.parametrize("slug", CONVENTIONS)
def test_an_axe_is_printed_on_two_sheets_at_most(portail, slug):
    page = portail.new_context("coordination").new_page()
    page.goto(f"/conventions/{slug}/", wait_until="load")
    axes = page.eval_on_selector_all(".axes h3 a", "links => links.map(a => a.pathname)")
    found = {path: sheets(page, path) for path in axes}
    page.context.close()
    assert len(found) >= 4
    assert max(found.values()) <= SHEETS_OF_AN_AXE, found


def test_the_plan_is_printed_as_a_table_whose_statuses_are_whole_words(portail):
    page = portail.new_context("coordination").new_page()
    path = f"/conventions/{CONVENTIONS[0]}/plan/"
    count = sheets(page, path)
    fiches = page.locator(".plan .fiche > a").count()
    assert fiches > 30
    assert count <= fiches / FICHES_ON_A_SHEET
    page.emulate_media(media="print")
    assert page.locator(".plan .cellule select:visible").count() == 0
    assert page.locator(".plan .cellule .mot:visible").count() == 3 * fiches
    page.context.close()
