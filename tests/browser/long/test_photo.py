"""A photo sent from the page of a fiche, with and without scripts: seen, described, refused."""

import pytest
from playwright.sync_api import expect

from actions.models import Document
from tests.actions.pictures import encoded, exif, two_tone
from tests.browser.keyboard import sign_in_by_form


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def chosen(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photo_is_refused_then_kept_and_shown(new_page, petite, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto(petite.fiche.get_absolute_url())
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    page.get_by_role("link", name="Ajouter une photo ou un document").click()

    page.get_by_label("Légende").fill("La fête du lac")
    page.get_by_label("Photo ou document").set_input_files(chosen("fete.jpg", b"<script>"))
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#id_fichier_error")).to_contain_text("n’est pas une image lisible")
    expect(page.get_by_label("Légende")).to_have_value("La fête du lac")

    photo = encoded(two_tone(600, 300), exif=exif(orientation=6))
    page.get_by_label("Photo ou document").set_input_files(chosen("fete.jpg", photo))
    page.get_by_label("Texte de remplacement").fill("Un lac et des enfants")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    shown = page.get_by_role("img", name="Un lac et des enfants")
    shown.scroll_into_view_if_needed()
    expect(page.get_by_text("Sans droit à l’image")).to_be_visible()
    document = Document.objects.get()
    assert (document.largeur, document.hauteur) == (300, 600)
    expect(shown).to_have_js_property("naturalHeight", 600)
