"""A link in real browsers: what the coordination copies, a visitor opens, with its code."""

import pytest
from playwright.sync_api import expect

from reports.models import Partage
from tests.audit.look import Findings, look_at
from tests.factories import arrete_of

CODE = "Mirabelle 7"


@pytest.fixture
def frozen(lalbenque):
    return arrete_of(lalbenque.convention, auteur=lalbenque.coordination)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_goes_from_the_coordination_to_a_visitor(
    new_page, sign_in, lalbenque, frozen, width
):
    findings = Findings()
    page = new_page(width=width, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, lalbenque.coordination)
    page.goto(frozen.get_absolute_url())
    page.get_by_role("link", name="Partager par un lien").click()
    give(page)
    look_at(page, "lien donné", width, findings)
    link = page.evaluate("navigator.clipboard.readText()")

    visitor = new_page(width=width)
    visitor.goto(link)
    look_at(visitor, "porte", width, findings)
    open_with(visitor, "un autre code")
    expect(visitor.get_by_role("alert")).to_contain_text("Ce n’est pas le code de ce lien.")
    look_at(visitor, "code refusé", width, findings)
    open_with(visitor, CODE)
    expect(visitor.get_by_role("heading", level=1).first).to_have_text(str(frozen))
    # The pages of the document have titles of their own, as those of the portal show them.
    assert visitor.url == link
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Partage.objects.get().ouvertures == 1

    page.goto(page.url)
    page.get_by_role("button", name="Retirer").click()
    look_at(page, "lien retiré", width, findings)
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ce lien n’est plus valable")
    look_at(visitor, "lien fermé", width, findings)
    assert not findings, str(findings)


def give(page):
    page.get_by_label("Pour qui").fill("Caf, service territorial")
    page.get_by_label("Code", exact=True).fill(CODE)
    # What opens something is never among the drafts.
    assert CODE not in kept_draft(page)
    page.get_by_role("button", name="Créer le lien").click()
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Lien copié.")).to_be_visible()


def kept_draft(page) -> str:
    """What the browser keeps of the form, once it has kept it."""
    for _ in range(20):
        page.wait_for_timeout(200)
        kept = page.evaluate("JSON.stringify(localStorage)")
        if "service territorial" in kept:
            return kept
    raise AssertionError("le navigateur ne garde aucun brouillon")


def open_with(visitor, code):
    visitor.get_by_label("Code").fill(code)
    visitor.get_by_role("button", name="Ouvrir le bilan").click()
