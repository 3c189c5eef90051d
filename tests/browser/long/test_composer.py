"""Composing a bilan in real browsers: what is chosen shows at once, nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from reports.models import Bilan
from tests.audit.look import Findings, look_at

# The preview is a whole bilan, drawn again (milliseconds).
DRAWN = 20_000
INTRODUCTION = "Quatre années au service des familles."


@pytest.fixture
def composer(new_page, sign_in, lalbenque):
    """A function that opens a new draft in a window."""

    def open_it(**window):
        page = new_page(**window)
        sign_in(page, lalbenque.coordination)
        page.goto(f"{lalbenque.convention.get_absolute_url()}bilans/composer/")
        return page

    return open_it


def parts_of(page) -> list[str]:
    """The parts of the list, in its order, with the places that it says."""
    lines = page.locator(".composer-parties > li")
    names = lines.locator("> label input").evaluate_all("all => all.map(one => one.value)")
    places = lines.locator("select").evaluate_all("all => all.map(one => one.value)")
    assert places == [str(rank) for rank in range(1, len(names) + 1)]
    return names


@pytest.mark.parametrize("width", [1280, 390])
def test_every_choice_shows_at_once_and_is_kept_when_it_is_saved(composer, width):
    findings = Findings()
    page = composer(width=width)
    preview = page.locator("#apercu")
    expect(preview.locator(".b-fiche").first).to_be_attached()
    page.get_by_label("Synthèse", exact=True).check()
    expect(preview.locator(".b-axe-court")).to_have_count(4, timeout=DRAWN)
    expect(preview.locator(".b-fiche")).to_have_count(0)
    page.get_by_label("Place de la partie « Gouvernance »").select_option("2")
    assert parts_of(page)[:3] == ["introduction", "gouvernance", "cadrage"]
    expect(preview.locator("#gouvernance ~ #cadrage")).to_be_attached(timeout=DRAWN)
    page.locator("textarea[name=introduction]").fill(INTRODUCTION)
    expect(preview.locator("#introduction")).to_contain_text(INTRODUCTION, timeout=DRAWN)
    look_at(page, "composer", width, findings)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_role("link", name="Arrêter ce bilan")).to_be_visible()
    look_at(page, "brouillon", width, findings)
    draft = Bilan.objects.get()
    assert (draft.detail, draft.introduction) == ("synthese", INTRODUCTION)
    assert draft.sections.startswith("introduction, gouvernance, cadrage, ")
    assert not findings, str(findings)


def test_without_a_script_a_button_shows_what_is_typed(composer):
    page = composer(java_script_enabled=False)
    page.get_by_label("Place de la partie « Annexes »").select_option("1")
    page.locator("textarea[name=introduction]").fill(INTRODUCTION)
    page.get_by_role("button", name="Actualiser l’aperçu").click()
    expect(page.locator("#apercu #introduction")).to_contain_text(INTRODUCTION, timeout=DRAWN)
    expect(page.locator("textarea[name=introduction]")).to_have_value(INTRODUCTION)
    assert parts_of(page)[0] == "annexes"
    assert not Bilan.objects.exists()
