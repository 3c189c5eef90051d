"""What happens to a reader and to a writer whose session has expired."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

PAGE = "/comptes/mot-de-passe/?vue=large"
ORIGIN = f"http://testserver{PAGE}"


@pytest.fixture
def expired(person):
    """A browser whose session is over, with its CSRF cookie still there."""
    client = Client(enforce_csrf_checks=True)
    client.get("/comptes/connexion/")
    token = client.cookies["csrftoken"].value

    def send(data, **headers):
        return client.post("/comptes/", {"csrfmiddlewaretoken": token, **data}, headers=headers)

    return send


def test_the_texts_of_the_form_come_back_to_be_copied(expired):
    typed = {
        "nom": "Un récit de la rencontre, <b>long</b>.",
        "statut": "realisee",
        "password": "une phrase de passe",
    }
    response = expired(typed, referer=ORIGIN)
    content = response.content.decode()
    assert response.status_code == 401
    assert "Un récit de la rencontre, &lt;b&gt;long&lt;/b&gt;." in content
    assert "realisee" not in content
    assert "une phrase de passe" not in content
    assert "csrfmiddlewaretoken" not in response.context["textes"]
    assert "/comptes/connexion/?next=%2Fcomptes%2Fmot-de-passe%2F%3Fvue%3Dlarge" in content


def test_nothing_is_written_without_a_session(expired, person):
    expired({"nom": "Autre Nom"})
    person.refresh_from_db()
    assert person.nom == "Camille Martin"


def test_a_choice_is_said_to_be_lost_without_being_shown(expired):
    response = expired({"suivi": "en_cours"})
    assert response.status_code == 401
    assert response.context["textes"] == []
    assert "Rien n’a été enregistré" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"next": "/comptes/"}, {"nom": "  "}])
def test_an_empty_form_leads_to_the_sign_in_page_and_back_to_its_page(expired, data):
    response = expired(data, referer=ORIGIN)
    assert response.status_code == 302
    assert response["Location"] == (
        "/comptes/connexion/?next=%2Fcomptes%2Fmot-de-passe%2F%3Fvue%3Dlarge"
    )


def test_a_fragment_sent_by_htmx_gets_the_whole_page(expired):
    response = expired(
        {"nom": "Un récit de la rencontre"}, **{"HX-Request": "true", "HX-Current-URL": ORIGIN}
    )
    assert response.status_code == 401
    assert response["HX-Retarget"] == "body"
    assert response.context["page_de_depart"] == PAGE


def test_a_fragment_asked_for_by_htmx_sends_the_page_to_sign_in(client):
    response = client.get("/comptes/", headers={"HX-Request": "true", "HX-Current-URL": ORIGIN})
    assert response["HX-Redirect"] == (
        "/comptes/connexion/?next=%2Fcomptes%2Fmot-de-passe%2F%3Fvue%3Dlarge"
    )
    assert response.content == b""


@pytest.mark.parametrize("origin", ["https://exemple.org/piege/", "javascript:alert(1)", ""])
def test_another_site_is_never_come_back_to(client, origin):
    response = client.post("/comptes/", {"nom": "Un récit"}, headers={"referer": origin})
    assert response.context["page_de_depart"] == "/"


def test_a_form_of_another_site_is_refused_before_anything_is_shown():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/comptes/", {"nom": "Un récit d’ailleurs"})
    assert response.status_code == 403
    assert "Un récit d’ailleurs" not in response.content.decode()


def test_in_the_browser_a_fragment_sent_too_late_gives_the_text_back(
    transactional_db, page, sign_in, person
):
    sign_in(page, person)
    page.goto("/comptes/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate(
        """() => htmx.ajax("POST", "/comptes/", {
            target: "#contenu",
            values: {
                csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
                nom: "Un récit de la rencontre",
            },
        })"""
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre session a expiré")
    expect(page.get_by_label("Texte saisi")).to_have_value("Un récit de la rencontre")
    page.get_by_role("link", name="Se connecter et revenir à la page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
