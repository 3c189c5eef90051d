"""Every way to save, in a browser that runs no script.

The status is in tests/browser/test_without_javascript.py, the grid in test_grille.py, the import in
test_echanges.py.
"""

import pytest
from playwright.sync_api import expect

from tests.factories import InstanceFactory, VoletFactory


@pytest.fixture
def page(new_page, sign_in, petite):
    """A window of the coordination, without scripts, on the fiche."""
    page = new_page(java_script_enabled=False)
    sign_in(page, petite.coordination)
    page.goto(petite.fiche.get_absolute_url())
    return page


def save(page, button="Enregistrer"):
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#annonces .avis[data-niveau=success]")).to_have_count(1)


def test_a_block_of_the_fiche(page, petite):
    page.get_by_role("link", name="Modifier : cadre").click()
    page.locator("#id_public").fill("Les familles, **toutes**.")
    save(page)
    expect(page.locator("#cadre strong")).to_have_text("toutes")
    petite.fiche.refresh_from_db()
    assert petite.fiche.public == "Les familles, **toutes**."


def test_rows_of_the_fiche_one_after_the_other(page, petite):
    volet = VoletFactory(fiche=petite.fiche)
    page.get_by_role("link", name="Ajouter une réalisation").click()
    page.get_by_label("Volet").select_option(str(volet.pk))
    page.locator("#id_texte").fill("Sortie au lac")
    save(page, "Enregistrer, puis continuer la saisie")
    expect(page.get_by_label("Volet")).to_have_value(str(volet.pk))
    page.locator("#id_texte").fill("Sortie en forêt")
    save(page)
    done = [(row.texte, row.volet) for row in petite.fiche.realisations.all()]
    assert done == [("Sortie au lac", volet), ("Sortie en forêt", volet)]
    page.get_by_role("link", name="Modifier : Sortie au lac").click()
    page.locator("#id_texte").fill("Sortie à la mer")
    save(page)
    page.get_by_role("link", name="Modifier : Sortie en forêt").click()
    page.get_by_role("link", name="Supprimer").click()
    save(page, "Supprimer")
    assert [row.texte for row in petite.fiche.realisations.all()] == ["Sortie à la mer"]


def test_a_comment(page, petite):
    page.locator("#commentaires").get_by_label("Commentaire").fill("À revoir.")
    save(page, "Ajouter le commentaire")
    assert petite.fiche.commentaires.get().texte == "À revoir."


def test_a_refused_row_keeps_what_was_typed(page, petite):
    page.get_by_role("link", name="Ajouter une réalisation").click()
    page.locator("#id_lieu").fill("Limogne")
    page.locator("#id_date").fill("le jour de la fête")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".resume-erreurs li")).to_have_count(2)
    expect(page.locator("#id_lieu")).to_have_value("Limogne")
    expect(page.locator("#id_date")).to_have_value("le jour de la fête")
    assert not petite.fiche.realisations.exists()


def test_a_meeting_its_agenda_and_who_came(page, petite):
    InstanceFactory(convention=petite.convention, nom="Comité de pilotage")
    page.get_by_role("link", name="Réunions").first.click()
    page.get_by_role("link", name="Ajouter une réunion").click()
    page.get_by_label("Comité de pilotage").check()
    page.get_by_label("Date", exact=False).first.fill("9 octobre 2023")
    save(page, "Ajouter la réunion")
    reunion = petite.convention.reunions.get()
    page.get_by_role("link", name="Ajouter un point à l’ordre du jour").click()
    page.locator("#id_texte").fill("Bilan")
    save(page)
    page.get_by_role("link", name="Modifier l’état").click()
    page.get_by_label("État").select_option("tenue")
    save(page)
    reunion.refresh_from_db()
    assert reunion.etat == "tenue"
    assert [point.texte for point in reunion.ordre_du_jour.all()] == ["Bilan"]


def test_a_point_of_the_year(page, petite):
    page.goto(petite.fiche.axe.get_absolute_url())
    page.get_by_role("link", name="Ajouter").first.click()
    page.locator("#id_texte").fill("L’équipe est au complet.")
    page.locator("#id_exercice").fill("2023")
    page.locator("#id_nature").select_option("fort")
    save(page)
    assert petite.convention.points.get().texte == "L’équipe est au complet."


def test_an_indicator_and_its_first_value(page, petite):
    page.get_by_role("link", name="Ajouter : indicateurs").click()
    page.get_by_label("Intitulé").fill("Places")
    save(page)
    page.get_by_role("link", name="Saisir une valeur").click()
    page.locator("#id_periode").fill("2023")
    page.locator("#id_valeur").fill("1 200")
    save(page)
    indicateur = petite.fiche.indicateurs.get()
    assert [str(one.valeur) for one in indicateur.valeurs.all()] == ["1200.000"]
