import re

import pytest
from django.urls import reverse

from axes.enums import Role
from pilotage.views.pages import PAGES
from tests.factories import ConventionFactory, MembreFactory, UserFactory, member

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


# --- The map of the site ----------------------------------------------------------------------

MAP = {
    Role.COORDINATION: {"", "plan/", "journal/", "equipe/"},
    Role.REFERENT: {"", "plan/", "journal/"},
    Role.CONTRIBUTEUR: {"", "plan/", "journal/"},
    Role.LECTEUR: {"", "plan/"},
    Role.ADMINISTRATION: {"equipe/"},
}


@pytest.mark.parametrize("role", Role)
def test_the_map_leads_to_what_this_person_may_open_and_to_nothing_else(client, role):
    convention = ConventionFactory(slug="vallee")
    ConventionFactory(slug="autre", territoire="Pays d’à côté")
    client.force_login(member(convention, role))
    text = page(client, "plan-du-site")
    links = set(re.findall(r'href="(/[^"]*)"', text.split("<main")[1].split("</main>")[0]))
    watched = ("", "plan/", "journal/", "equipe/")
    shown = {one for one in watched if f"/conventions/vallee/{one}" in links}
    assert shown == MAP[role]
    assert "Pays d’à côté" not in text
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_map_of_a_visitor_leads_to_the_public_pages(client):
    ConventionFactory(territoire="Pays d’à côté")
    text = page(client, "plan-du-site")
    assert "Pays d’à côté" not in text
    assert 'href="/comptes/connexion/"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_map_costs_the_same_for_one_and_three_conventions(
    client, count, django_assert_num_queries
):
    user = UserFactory()
    for _ in range(count):
        MembreFactory(user=user, role=Role.COORDINATION)
    client.force_login(user)
    with django_assert_num_queries(4):
        page(client, "plan-du-site")
