import pytest

from axes.enums import Role
from axes.models import Convention
from journal.models import Entree
from tests.factories import (
    ConventionFactory,
    FicheFactory,
    MembreFactory,
    UserFactory,
    member,
    yesterday,
)

pytestmark = pytest.mark.django_db

URL = "/?toutes"


def page(client, address=URL) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_convention_says_where_it_stands(client):
    convention = ConventionFactory(territoire="Vallées du Test", phase="evaluation")
    FicheFactory.create_batch(2, axe__convention=convention)
    FicheFactory(axe__convention=convention, archivee=True)
    client.force_login(member(convention))
    text = page(client)
    for words in ("Vallées du Test", "2020-2024", "En évaluation", "2\u00a0fiches actions"):
        assert words in text


def test_with_one_convention_its_dashboard_opens_at_once(client):
    convention = ConventionFactory(slug="seule")
    client.force_login(member(convention))
    assert client.get("/")["Location"] == "/conventions/seule/"


def test_without_any_the_page_says_whom_to_ask(client):
    client.force_login(UserFactory())
    text = page(client, "/")
    assert "Aucune convention" in text
    assert "chargé de coopération" in text


@pytest.mark.parametrize("role", Role)
def test_a_right_that_is_over_shows_nothing(client, role):
    convention = ConventionFactory(territoire="Pays caché")
    client.force_login(member(convention, role, expire_le=yesterday()))
    assert "Pays caché" not in page(client, "/")


def test_the_administration_lands_on_the_team_and_sees_nothing_of_the_contents(client):
    convention = ConventionFactory(slug="administree", territoire="Pays administré")
    FicheFactory(axe__convention=convention)
    client.force_login(member(convention, Role.ADMINISTRATION))
    assert client.get("/")["Location"] == "/conventions/administree/equipe/"
    text = page(client)
    assert 'href="/conventions/administree/equipe/"' in text
    assert "fiche action" not in text


def test_the_signed_out_and_the_wrong_method(client):
    assert client.get("/")["Location"] == "/comptes/connexion/?next=/"
    client.force_login(UserFactory())
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(client, count, django_assert_num_queries):
    user = UserFactory()
    for _ in range(count):
        membre = MembreFactory(user=user)
        FicheFactory(axe__convention=membre.convention)
    client.force_login(user)
    with django_assert_num_queries(4):
        page(client)


# --- Opening a convention ---------------------------------------------------------------------

OUVRIR = "/nouvelle-convention/"
SAISIE = {
    "territoire": "Pays d’Ouverture",
    "nom": "Convention 2026-2030",
    "debut": "2026",
    "fin": "2030",
}


@pytest.fixture
def administratrice(client):
    """Who administers the installation, signed in, with no convention."""
    user = UserFactory(is_staff=True)
    client.force_login(user)
    return user


def test_a_convention_is_opened_empty_and_its_coordinator_is_then_invited(client, administratrice):
    answer = client.post(OUVRIR, SAISIE)
    convention = Convention.objects.get()
    assert (convention.slug, convention.periode) == ("pays-d-ouverture-2026-2030", "2026-2030")
    assert answer["Location"] == f"/conventions/{convention.slug}/equipe/inviter/"
    membre = convention.membres.get()
    assert (membre.user, membre.role) == (administratrice, Role.ADMINISTRATION)
    # Administering lets her read nothing, not even of a convention that she opened.
    assert client.get(convention.get_absolute_url()).status_code == 404
    assert client.get(answer["Location"]).status_code == 200
    entry = Entree.objects.filter(actor=administratrice, convention_pk=convention.pk)
    assert entry.exists()


def test_whoever_coordinates_it_herself_goes_straight_to_its_lists(client, administratrice):
    answer = client.post(OUVRIR, {**SAISIE, "coordonne": "on"})
    convention = Convention.objects.get()
    assert answer["Location"] == f"/conventions/{convention.slug}/convention/"
    assert convention.membres.get().role == Role.COORDINATION


def test_two_conventions_of_the_same_name_have_two_addresses(client, administratrice):
    ConventionFactory(slug="pays-d-ouverture-2026-2030")
    for number in (2, 3):
        client.post(OUVRIR, SAISIE)
        assert Convention.objects.filter(slug=f"pays-d-ouverture-2026-2030-{number}").exists()


def test_a_territory_without_letters_still_has_an_address(client, administratrice):
    client.post(OUVRIR, {"territoire": "!!!", "nom": "Essai"})
    assert Convention.objects.get().slug == "convention"


def test_a_refused_convention_keeps_what_was_typed(client, administratrice):
    answer = client.post(OUVRIR, {**SAISIE, "territoire": "", "fin": "2020"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Territoire\u00a0: Ce champ est obligatoire" in text.replace(" :", "\u00a0:")
    assert "La fin de la convention est avant son début." in text
    assert 'value="Convention 2026-2030"' in text
    assert not Convention.objects.exists()


def test_only_the_administration_of_the_installation_is_offered_it(client, administratrice):
    assert f'href="{OUVRIR}"' in page(client)
    assert client.put(OUVRIR).status_code == 405
    client.force_login(member(ConventionFactory(), Role.COORDINATION))
    assert OUVRIR not in page(client)
    assert client.get(OUVRIR).status_code == 403
    assert client.post(OUVRIR, SAISIE).status_code == 403
    assert Convention.objects.count() == 1
