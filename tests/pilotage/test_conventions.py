import pytest

from axes.enums import Role
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
    with django_assert_num_queries(3):
        page(client)
