"""What an élue asks on her phone: each answer stands at most two taps from the tableau de bord."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import DecisionFactory

CIBLE = 44


class Doigt:
    """Taps what is seen and large enough, and counts the taps."""

    def __init__(self, page):
        self.page = page
        self.touches = 0

    def tap(self, target):
        expect(target).to_be_visible()
        target.scroll_into_view_if_needed()
        assert target.bounding_box()["height"] >= CIBLE
        target.tap()
        self.touches += 1


@pytest.fixture
def phone(new_page, sign_in, lalbenque):
    """The tableau de bord of an élue, on a phone."""
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    sign_in(page, lalbenque.lecteur)
    page.goto(reverse("pilotage:tableau", args=[lalbenque.convention.slug]))
    return page


def test_what_is_not_done_in_axe_3_and_why(phone):
    doigt = Doigt(phone)
    doigt.tap(phone.get_by_role("link", name="Accompagner le vieillissement"))
    expect(phone.get_by_text("5 ne sont pas réalisées")).to_be_in_viewport()
    doigt.tap(phone.get_by_role("link", name=re.compile("^Pas réalisé, et pourquoi")))
    section = phone.get_by_role("region", name="Pas réalisé, et pourquoi")
    expect(section.get_by_role("heading")).to_be_in_viewport()
    expect(section.get_by_role("listitem")).to_have_count(5)
    expect(section).to_contain_text("Accueil de jour")
    # The published bilan lost the reasons with its colours: the page says so, and invents none.
    expect(section.get_by_text("Pourquoi\u00a0: non renseigné.")).to_have_count(5)
    assert doigt.touches <= 2


def test_whether_the_alsh_of_limogne_grew(phone):
    doigt = Doigt(phone)
    link = phone.get_by_role("link", name=re.compile("^ALSH de Limogne-en-Quercy"))
    if not link.count():
        doigt.tap(phone.get_by_role("link", name="Indicateurs", exact=True).last)
    doigt.tap(link.first)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("ALSH de Limogne-en-Quercy")
    expect(phone.locator("main")).to_contain_text(re.compile(r"\+\s183,0\s%"))
    assert doigt.touches <= 2


def test_what_was_decided_at_the_last_copil(phone, lalbenque):
    copil = lalbenque.convention.reunions.last_copil().get(reference="copil-2022-02-08")
    doigt = Doigt(phone)
    doigt.tap(phone.locator(f"main a[href^='{copil.get_absolute_url()}']").first)
    decisions = phone.get_by_role("region", name="Décisions")
    expect(decisions).to_contain_text("Aucune décision n’est saisie.")
    assert doigt.touches <= 2
    DecisionFactory(reunion=copil, texte="Ouvrir l’accueil le mercredi.")
    phone.reload()
    expect(decisions).to_contain_text("Ouvrir l’accueil le mercredi.")


@pytest.mark.parametrize("nom", ["croisement", "communes", "frise"])
def test_the_other_views_are_two_taps_away_and_never_scroll_sideways(phone, nom, lalbenque):
    doigt = Doigt(phone)
    address = reverse(f"pilotage:{nom}", args=[lalbenque.convention.slug])
    doigt.tap(phone.locator(".navigation summary"))
    doigt.tap(phone.locator(f".navigation a[href='{address}']").first)
    expect(phone).to_have_url(re.compile(re.escape(address)))
    phone.set_viewport_size({"width": 320, "height": 700})
    overflow = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    assert doigt.touches == 2


def test_a_number_of_the_cross_table_keeps_its_words_on_a_phone_and_opens_its_fiches(
    phone, lalbenque
):
    phone.goto(reverse("pilotage:croisement", args=[lalbenque.convention.slug]))
    words = phone.locator(".croise tbody .mot")
    expect(words).to_have_count(16)
    for index in range(16):
        expect(words.nth(index)).to_be_visible()
    cell = phone.get_by_role("link", name=re.compile(r"réalisation\s: non réalisée, objectifs"))
    expect(cell).to_contain_text("14")
    Doigt(phone).tap(cell)
    expect(phone.get_by_role("status").filter(has_text="fiches")).to_contain_text("14")
