"""The import in a real browser, with and without scripts: a spreadsheet of one's own, then ours."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import FicheAction
from ctg_portal.lib.exchange.writers import write_ods, write_xlsx
from tests.browser.keyboard import sign_in_by_form

TABLEAU = [
    ["Axe", "Intitulé de l’action", "Pilote", "État d’avancement"],
    ["7. Se loger", "Rénover le foyer", "Mairie", "Fait"],
    ["", "Ouvrir une permanence", "Caf", "bof"],
]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.parametrize(
    ("scripts", "writer"), [(True, write_xlsx), (False, write_ods)], ids=["scripts", "sans"]
)
def test_a_spreadsheet_of_one_s_own_is_mapped_shown_and_imported(
    new_page, petite, tmp_path, scripts, writer
):
    path = tmp_path / "plan"
    writer(path, {"Plan": TABLEAU}, {})
    page = new_page(java_script_enabled=scripts)
    page.goto(reverse("pilotage:echanges", args=[petite.convention.slug]))
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    page.get_by_role("link", name="Importer un autre tableau").click()
    page.get_by_label("Votre tableau").set_input_files(path)
    page.get_by_role("button", name="Continuer").click()

    expect(page.get_by_label("Pilotes")).to_have_value("2")
    expect(page.get_by_label("Suivi : « Fait »")).to_have_value("terminée")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#id_mot-suivi-1_error")).to_contain_text("Choisissez")
    page.get_by_label("Suivi : « bof »").select_option("en pause")
    page.get_by_role("button", name="Voir l’aperçu").click()

    expect(page.get_by_text("Rénover le foyer – créée")).to_be_visible()
    assert FicheAction.objects.count() == 1
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Import : 3")).to_be_visible()
    added = FicheAction.objects.filter(axe__intitule="Se loger").in_order()
    assert [fiche.suivi for fiche in added] == ["terminee", "en_pause"]
