"""The whole line, once: a status set by keyboard reaches the dashboard and the printed bilan."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from actions.models import FicheAction

from .keyboard import choose, sign_in_by_form, tab_to

PDF_TIMEOUT = 180_000


def fiche_of_axe_2(convention):
    """A fiche of the second axe, of which the published document states no réalisation."""
    return FicheAction.objects.filter(
        axe__convention=convention, axe__numero="2", realisation=""
    ).select_related("axe__convention")[0]


@pytest.fixture(params=["deux_axes", pytest.param("lalbenque", marks=pytest.mark.audit)])
def monde(request):
    """A small convention, and a published one whose PDF of sixty pages takes its time."""
    return request.getfixturevalue(request.param)


def test_a_status_goes_from_the_keyboard_of_the_coordination_to_the_bilan(new_page, monde):
    convention = monde.convention
    fiche = fiche_of_axe_2(convention)
    before = FicheAction.objects.filter(axe__convention=convention, realisation="realisee").count()

    page = new_page()
    page.goto("/")
    sign_in_by_form(page, monde.coordination.email, monde.mot_de_passe)
    expect(page).to_have_url(convention.get_absolute_url())

    filter_on_axe_2(page)
    set_realisation(page, fiche)
    the_journal_says_so(page, fiche, monde.coordination)

    reader = new_page(accept_downloads=True)
    reader.goto("/")
    sign_in_by_form(reader, monde.lecteur.email, monde.mot_de_passe)
    realisees = reader.locator(".chiffres a", has_text="réalisée").first
    expect(realisees.locator("strong")).to_have_text(str(before + 1))
    the_bilan_says_so(reader, fiche)


def filter_on_axe_2(page):
    tab_to(page, page.get_by_role("link", name="Plan d’actions"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan d’actions")
    every = page.locator("tr[id^=ligne-]").count()

    # « Tous », then axe 1, then axe 2: each stop of the arrow is a search of its own.
    axe = page.get_by_label("Axe", exact=True)
    tab_to(page, axe)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = axe.input_value()
    expect(page).to_have_url(re.compile(rf"\?.*axe={chosen}\b"))
    expect(page.locator(".g-axe-titre")).to_have_count(1)
    expect(page.locator(".g-axe-titre .numero")).to_have_text("2")
    shown = page.locator("tr[id^=ligne-]").count()
    assert 0 < shown < every
    expect(page.locator("p.somme")).to_contain_text(str(shown))
    assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None
    expect(axe).to_be_focused()


def set_realisation(page, fiche):
    select = page.locator(f"#realisation-{fiche.pk}")
    choose(page, select, "Partiel")
    notice = page.locator("#annonces .avis")
    expect(notice).to_contain_text("Réalisation : partiellement réalisée")
    expect(select).to_have_value("partiellement")
    expect(select).to_be_focused()

    tab_to(page, notice.get_by_role("button", name="Annuler"))
    page.keyboard.press("Enter")
    expect(select).to_have_value("")
    expect(notice).to_contain_text("Réalisation : non renseignée")

    # Back on its row by itself, the page lets the keyboard go on from there.
    expect(page).to_have_url(re.compile(rf"axe=\d+#ligne-{fiche.pk}$"))
    choose(page, select, "R")
    expect(notice).to_contain_text("Réalisation : réalisée")
    expect(select).to_be_focused()
    fiche.refresh_from_db()
    assert fiche.realisation == "realisee"


def the_journal_says_so(page, fiche, who):
    tab_to(page, page.locator(f"#ligne-{fiche.pk} th a"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(fiche.intitule)
    latest = page.locator("section[aria-labelledby=t-journal] .fil > li").first
    expect(latest).to_contain_text("réalisation", ignore_case=True)
    expect(latest).to_contain_text("non renseigné", ignore_case=True)
    expect(latest).to_contain_text("Réalisée")
    expect(latest).to_contain_text(str(who))


def the_bilan_says_so(page, fiche):
    page.get_by_role("link", name="Bilan").first.click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    with page.expect_download(timeout=PDF_TIMEOUT) as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click(timeout=PDF_TIMEOUT)
    assert download.value.suggested_filename.endswith(".pdf")
    # The page of the fiche: its title, its three labels, and its statuses in their order.
    labels = squeezed(f"{fiche.intitule} Suivi Réalisation Objectifs")
    [page_of_fiche] = [text for text in texts_of(download.value.path()) if labels in text]
    assert squeezed(fiche.code) in page_of_fiche
    assert squeezed("Non renseigné Réalisée Non renseigné") in page_of_fiche


def texts_of(path):
    """The words of each page, without spaces: line ends and kinds of spaces are the layout's."""
    return [squeezed(page.extract_text()) for page in PdfReader(path).pages]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text)
