"""A fiche is read first; each block opens in its place and is saved alone."""

from playwright.sync_api import expect

from tests.factories import RealisationFactory

from ..keyboard import tab_to


def test_a_block_opens_where_it_stands_and_saves_alone(page, sign_in, petite):
    fait = RealisationFactory(fiche=petite.fiche, texte="Sortie au lac.")
    sign_in(page, petite.coordination)
    page.goto(petite.fiche.get_absolute_url())
    before = page.url
    tab_to(page, page.locator("#cadre .rubrique a"))
    page.keyboard.press("Enter")
    contexte = page.locator("#cadre textarea[name=contexte]")
    expect(contexte).to_be_focused()
    assert page.url == before
    # What is being changed is not shown twice; the rest of the page stays.
    expect(page.locator("#cadre > .texte")).to_be_hidden()
    row = page.locator("#realisations .fil > li", has_text="Sortie au lac.")
    expect(row).to_be_visible()

    page.locator("#realisations .rubrique a").click()
    expect(page.locator("#place-realisations input[name=date]")).to_be_focused()
    page.get_by_role("link", name="Ajouter une réalisation").click()
    expect(page.locator("#place-realisations input[name=date]")).to_be_focused()
    expect(page.locator("#place-ajouts form")).to_have_count(0)

    row.get_by_role("link", name="Modifier").click()
    texte = row.locator("textarea[name=texte]")
    texte.fill("Sortie au **lac**, et retour.")
    expect(row.locator(".apercu-texte strong")).to_have_text("lac")
    row.get_by_role("link", name="Annuler").click()
    expect(texte).to_have_count(0)
    expect(row.get_by_role("link", name="Modifier")).to_be_focused()

    page.keyboard.press("Enter")
    row.get_by_role("button", name="Reprendre").click()
    expect(row.locator("textarea[name=texte]")).to_have_value("Sortie au **lac**, et retour.")
    row.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#annonces")).to_contain_text("Enregistré")
    expect(page.locator("#realisations .fil > li strong")).to_have_text("lac")
    fait.refresh_from_db()
    petite.fiche.refresh_from_db()
    assert (fait.texte, petite.fiche.contexte) == ("Sortie au **lac**, et retour.", "")
