"""The plan as a working table: the drawer of a row, the order of the fiches, a lost network."""

import re

import pytest
from playwright.sync_api import expect

from actions.models import FicheAction
from journal.models import Entree
from tests.browser.keyboard import choose, sign_in_by_form, tab_to
from tests.factories import FicheFactory


@pytest.fixture
def rangees(petite):
    """Three fiches of one axe, the first of which is that of `petite`."""
    for code in ("B2", "B3"):
        FicheFactory(axe=petite.fiche.axe, code=code, ordre=petite.fiche.ordre + int(code[1]))
    return petite


def open_plan(page, petite, query=""):
    page.goto(f"{petite.convention.get_absolute_url()}plan/{query}")
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan d’actions")


def in_order(petite):
    return [one.code for one in FicheAction.objects.filter(axe=petite.fiche.axe).in_order()]


def test_the_drawer_is_opened_filled_in_saved_and_undone_by_keyboard(new_page, petite):
    page = new_page()
    open_plan(page, petite)
    row = page.locator(f"#ligne-{petite.fiche.pk}")
    opener = row.locator("a.ouvrir")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    drawer = page.locator(".tiroir")

    choose(page, drawer.get_by_label("Suite à donner"), "faire")
    tab_to(page, drawer.get_by_label("Fin prévue"))
    page.keyboard.type("juin 2024")
    tab_to(page, drawer.get_by_label("Pilotes", exact=True))
    page.keyboard.type("Le RPE")
    tab_to(page, drawer.get_by_role("button", name="Enregistrer"))
    page.keyboard.press("Enter")

    notice = page.locator("#annonces .avis")
    expect(notice).to_contain_text("Le RPE")
    expect(drawer).to_have_count(0)
    expect(row).to_contain_text("Le RPE · fin\u00a0: juin 2024 · suite\u00a0: faire évoluer")
    expect(opener).to_be_focused()

    # A status is changed meanwhile: what the drawer holds stays on the row.
    choose(page, row.locator("select[name=suivi]"), "En cours")
    expect(notice).to_contain_text("Suivi")
    expect(row).to_contain_text("suite\u00a0: faire évoluer")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    choose(page, drawer.get_by_label("Suite à donner"), "arr")
    page.keyboard.press("Enter")
    tab_to(page, drawer.get_by_role("button", name="Enregistrer"))
    page.keyboard.press("Enter")
    expect(row).to_contain_text("suite\u00a0: arrêter")
    tab_to(page, notice.get_by_role("button", name="Annuler"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"#ligne-{petite.fiche.pk}$"))
    expect(row).to_contain_text("suite\u00a0: faire évoluer")


def test_a_gap_asks_for_its_reason_and_leaves_the_focus_where_it_was(new_page, petite):
    page = new_page()
    open_plan(page, petite)
    row = page.locator(f"#ligne-{petite.fiche.pk}")
    select = row.locator("select[name=realisation]")
    choose(page, select, "Non r")
    expect(page.locator(".tiroir").get_by_label("Motif d’écart")).to_be_visible()
    expect(select).to_be_focused()
    petite.fiche.refresh_from_db()
    assert petite.fiche.realisation == "non_realisee"
    page.locator(".tiroir").get_by_label("Motif d’écart").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".tiroir")).to_have_count(0)
    expect(row.locator("a.ouvrir")).to_be_focused()


def test_a_fiche_is_moved_by_drag_then_by_keyboard(new_page, rangees):
    page = new_page()
    open_plan(page, rangees)
    before = in_order(rangees)
    rows = page.locator("tr[data-fiche]")
    last = rows.nth(2)
    last.locator(".poignee").drag_to(rows.nth(0), target_position={"x": 300, "y": 4})
    expect(page.locator("#annonces")).to_contain_text("déplacée")
    moved = [before[2], before[0], before[1]]
    assert in_order(rangees) == moved
    expect(rows.nth(0)).to_contain_text(before[2])
    assert Entree.objects.filter(actor=rangees.coordination, resume__contains="avant").exists()

    tab_to(page, rows.nth(0).locator("a.ouvrir"))
    page.keyboard.press("Enter")
    down = page.get_by_role("button", name="Descendre")
    tab_to(page, down)
    with page.expect_response("**/deplacer/"):
        page.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text(before[2])
    expect(down).to_be_focused()
    assert in_order(rangees) == [before[0], before[2], before[1]]


def test_a_phone_shows_words_first_and_lists_once_the_row_is_open(new_page, petite):
    page = new_page(width=390)
    open_plan(page, petite)
    row = page.locator(f"#ligne-{petite.fiche.pk}")
    select = row.locator("select[name=realisation]")
    expect(select).to_be_hidden()
    expect(row.locator(".mot").get_by_text("Non renseignée")).to_be_visible()
    row.locator("a.ouvrir").click()
    expect(select).to_be_visible()
    select.select_option("realisee")
    expect(page.locator("#annonces")).to_contain_text("Réalisation : réalisée")
    row.locator("a.ouvrir").click()
    expect(select).to_be_hidden()
    expect(row.locator(".mot").get_by_text("Réalisée")).to_be_visible()


def test_without_a_script_the_drawer_is_a_page(new_page, rangees):
    page = new_page(width=390, java_script_enabled=False)
    open_plan(page, rangees, "?grouper=realisation")
    fiche = rangees.fiche
    page.locator(f"#ligne-{fiche.pk} a.ouvrir").click()
    page.get_by_label("Suite à donner").select_option("arreter")
    page.get_by_label("Pilotes", exact=True).fill("Le RPE\nLa directrice")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page).to_have_url(re.compile(rf"grouper=realisation#ligne-{fiche.pk}$"))
    expect(page.locator("#annonces")).to_contain_text("arrêter")
    fiche.refresh_from_db()
    assert fiche.suite == "arreter"
    page.locator("#annonces").get_by_role("button", name="Annuler").click()
    expect(page).to_have_url(re.compile(rf"grouper=realisation#ligne-{fiche.pk}$"))
    fiche.refresh_from_db()
    assert fiche.suite == ""
    assert not fiche.pilotes.exists()

    before = in_order(rangees)
    page.locator(f"#ligne-{fiche.pk} a.ouvrir").click()
    page.get_by_role("button", name="Descendre").click()
    expect(page.locator("#annonces")).to_contain_text("déplacée")
    assert in_order(rangees) == [before[1], before[0], before[2]]
    page.locator("#annonces").get_by_role("button", name="Annuler").click()
    expect(page.locator("#annonces")).to_contain_text("déplacée")
    assert in_order(rangees) == before


def test_a_status_is_saved_and_undone_where_htmx_did_not_come(new_page, petite):
    page = new_page()
    page.route("**/htmx*.js", lambda route: route.abort())
    open_plan(page, petite)
    row = page.locator(f"#ligne-{petite.fiche.pk}")
    row.locator("select[name=suivi]").select_option("en_cours")
    row.get_by_role("button", name="Enregistrer").click()
    notice = page.locator("#annonces .avis")
    expect(notice).to_contain_text("Suivi\u00a0: en cours")
    notice.get_by_role("button", name="Annuler").click()
    expect(notice).to_contain_text("Suivi\u00a0: non renseigné")
    expect(row.locator("select[name=suivi]")).to_have_value("")


def test_a_change_that_is_not_sent_does_not_look_saved(new_page, petite):
    page = new_page()
    open_plan(page, petite)
    select = page.locator(f"#suivi-{petite.fiche.pk}")
    page.route("**/statuts/", lambda route: route.fulfill(status=503))
    select.select_option("en_cours")
    expect(page.locator("#annonces")).to_contain_text("rien n’a été enregistré")
    expect(select).to_have_value("")
    page.unroute("**/statuts/")
    select.select_option("en_cours")
    expect(page.locator("#annonces")).to_contain_text("Suivi : en cours")
