import pytest
from django.urls import reverse

from pilotage.views.pages import PAGES

pytestmark = pytest.mark.django_db


def page(client, nom) -> str:
    response = client.get(reverse("pilotage:page", args=[nom]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("nom", PAGES)
def test_everybody_reads_the_public_pages(client, person, nom):
    assert f"<h1>{PAGES[nom]}</h1>" in page(client, nom)
    client.force_login(person)
    assert f"<h1>{PAGES[nom]}</h1>" in page(client, nom)


def test_without_an_audit_the_portal_says_non_conforme(client):
    assert "<b>non conforme</b>" in page(client, "accessibilite")


@pytest.mark.parametrize(
    "nom", ["accessibilite", "mentions-legales", "donnees-personnelles", "aide"]
)
def test_what_the_operator_has_not_said_is_said_to_be_missing(client, nom):
    assert "à compléter par l’exploitant" in page(client, nom)


def test_what_the_operator_said_is_printed(client, settings):
    settings.OPERATEUR = {
        "nom": "Communauté de communes d’Exemple",
        "adresse": "1 place de la Mairie",
        "contact": "ctg@exemple.fr",
        "dpo": "dpo@exemple.fr",
        "responsable": "La présidente",
        "hebergeur": "Centre de données d’Exemple",
    }
    assert "ctg@exemple.fr" in page(client, "accessibilite")
    legal = page(client, "mentions-legales")
    for words in ("1 place de la Mairie", "La présidente", "Centre de données d’Exemple"):
        assert words in legal
    assert "compléter" not in legal
    assert "dpo@exemple.fr" in page(client, "donnees-personnelles")


def test_every_sigle_is_explained(client):
    text = page(client, "sigles")
    assert "comité de pilotage" in text
    assert "accueil de loisirs sans hébergement" in text


def test_an_unknown_page_and_the_wrong_method(client):
    assert client.get("/pages/reglement/").status_code == 404
    assert client.post(reverse("pilotage:page", args=["aide"])).status_code == 405


def test_the_pages_link_to_each_other(client):
    text = page(client, "aide")
    for nom in PAGES:
        assert reverse("pilotage:page", args=[nom]) in text
