import pytest

pytestmark = pytest.mark.django_db

URL = "/comptes/"


def test_anonymous(client):
    assert client.get(URL)["Location"] == f"/comptes/connexion/?next={URL}"


def test_reader_sees_her_name_and_address(client, person):
    client.force_login(person)
    content = client.get(URL).content.decode()
    assert person.nom in content
    assert person.email in content


def test_writer_changes_her_name_and_nothing_else(client, person):
    client.force_login(person)
    response = client.post(
        URL, {"nom": "Camille Durand", "email": "autre@exemple.fr", "is_staff": "on"}
    )
    assert (response.status_code, response["Location"]) == (302, URL)
    person.refresh_from_db()
    assert (person.nom, person.email, person.is_staff) == (
        "Camille Durand",
        "camille.martin@exemple.fr",
        False,
    )


@pytest.mark.parametrize("nom", ["", "   ", "x" * 151, "nul\x00"])
def test_invalid(client, person, nom):
    client.force_login(person)
    response = client.post(URL, {"nom": nom})
    assert response.status_code == 422
    assert response.context["form"].errors["nom"]
    person.refresh_from_db()
    assert person.nom == "Camille Martin"


def test_wrong_method(client, person):
    client.force_login(person)
    assert client.delete(URL).status_code == 405
