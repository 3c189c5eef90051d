"""Pages and downloads of the bilan: who may read them, and what they answer."""

import pytest
from django.urls import reverse

from axes.enums import Role
from reports import views
from reports.render.pdf import PdfUnavailable
from tests import factories as f

pytestmark = pytest.mark.django_db
NAMES = ["bilan", "bilan_html", "bilan_pdf"]


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    """The PDF itself has its own tests."""
    monkeypatch.setattr(views, "cached_pdf", lambda tree: b"%PDF-" + tree.titre.encode())


@pytest.fixture
def convention():
    fiche = f.FicheFactory(intitule="Une fiche à lire", axe__convention__slug="pays-test")
    return fiche.axe.convention


@pytest.fixture
def reader(client, convention):
    client.force_login(f.member(convention, Role.LECTEUR))
    return client


def url(name, convention):
    return reverse(f"reports:{name}", args=[convention.slug])


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_is_sent_to_sign_in(client, convention, name):
    response = client.get(url(name, convention))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize("name", NAMES)
def test_stranger_and_administration_get_404(client, convention, name):
    client.force_login(f.UserFactory())
    assert client.get(url(name, convention)).status_code == 404
    client.force_login(f.member(convention, Role.ADMINISTRATION))
    assert client.get(url(name, convention)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.COORDINATION])
def test_members_read(client, convention, name, role):
    client.force_login(f.member(convention, role))
    assert client.get(url(name, convention)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_unknown_slug_is_404(reader, name):
    assert reader.get(reverse(f"reports:{name}", args=["inconnue"])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_only_reading(reader, convention, name):
    assert reader.post(url(name, convention)).status_code == 405


def test_preview_shows_the_bilan_and_the_ways_to_take_it(reader, convention):
    html = reader.get(url("bilan", convention), {"exercice": 2023}).content.decode()
    assert "Une fiche à lire" in html
    assert "Bilan des actions <b>2023</b>" in html
    assert url("bilan_pdf", convention) + "?exercice=2023" in html
    assert url("bilan_html", convention) + "?exercice=2023" in html
    assert "style=" not in html
    assert "<style" not in html


@pytest.mark.parametrize("year", ["1850", "abc", "2019"])
def test_impossible_exercice(reader, convention, year):
    response = reader.get(url("bilan", convention), {"exercice": year})
    assert response.status_code == 400
    assert "Aucun bilan n’est possible pour cet exercice." in response.content.decode()
    assert reader.get(url("bilan_pdf", convention), {"exercice": year}).status_code == 404
    assert reader.get(url("bilan_html", convention), {"exercice": year}).status_code == 404


@pytest.mark.parametrize(
    ("query", "name"),
    [("", "bilan-pays-test-periode"), ("?exercice=2023", "bilan-pays-test-2023")],
)
def test_downloads_are_named(reader, convention, query, name):
    response = reader.get(url("bilan_pdf", convention) + query)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
    response = reader.get(url("bilan_html", convention) + query)
    assert response["Content-Disposition"] == f'attachment; filename="{name}.html"'


def test_missing_pango_is_a_page(reader, convention, monkeypatch):
    def refuse(tree):
        raise PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setattr(views, "cached_pdf", refuse)
    response = reader.get(url("bilan_pdf", convention))
    assert response.status_code == 503
    assert "Le PDF ne peut pas être produit" in response.content.decode()
