"""The same change of status in a browser that runs no script."""

from playwright.sync_api import expect

from actions.models import FicheAction
from journal.models import Entree

from .keyboard import sign_in_by_form


def test_filter_then_status_then_journal_without_a_script(new_page, lalbenque):
    convention = lalbenque.convention
    fiche = FicheAction.objects.filter(
        axe__convention=convention, axe__numero="2", realisation=""
    ).select_related("axe__convention")[0]
    page = new_page(java_script_enabled=False)
    page.goto("/")
    sign_in_by_form(page, lalbenque.coordination.email, lalbenque.mot_de_passe)
    page.get_by_role("link", name="Plan d’actions").click()

    page.get_by_label("Axe", exact=True).select_option(str(fiche.axe_id))
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(".g-axe-titre")).to_have_count(1)
    filtered = page.url

    row = page.locator(f"#ligne-{fiche.pk}")
    row.locator(f"#realisation-{fiche.pk}").select_option("partiellement")
    row.get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_url(filtered)
    expect(page.locator("#annonces")).to_contain_text("Réalisation : partiellement réalisée")
    expect(page.locator(f"#realisation-{fiche.pk}")).to_have_value("partiellement")
    entry = Entree.objects.of_fiche(fiche.pk).filter(actor=lalbenque.coordination).get()
    assert entry.changes["realisation"] == ["", "partiellement"]
