"""Pages and downloads of the bilan of today: who may read them, and what they answer."""

import pytest
from django.urls import NoReverseMatch, reverse

from axes.enums import Role
from reports.render import html, pdf
from reports.render.formats import FORMATS
from reports.render.pdf import PdfUnavailable
from tests import factories as f

from .builders import full_convention
from .test_tree import QUERIES

pytestmark = pytest.mark.django_db
#: The tree, then session, person and grant, years, the last arrêté, the one to compare with.
PREVIEW_QUERIES = QUERIES + 7
PAGES = [("bilan", ()), ("bilan_fichier", ("pdf",)), ("bilan_fichier", ("html",)), ("bilans", ())]


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """The files themselves have their own tests."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-" + tree.titre.encode())


@pytest.fixture
def convention():
    fiche = f.FicheFactory(intitule="Une fiche à lire", axe__convention__slug="pays-test")
    return fiche.axe.convention


@pytest.fixture
def reader(client, convention):
    client.force_login(f.member(convention, Role.LECTEUR))
    return client


def url(name, convention, *args):
    return reverse(f"reports:{name}", args=[convention.slug, *args])


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_anonymous_is_sent_to_sign_in(client, convention, name, args):
    response = client.get(url(name, convention, *args))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_stranger_and_administration_get_404(client, convention, name, args):
    client.force_login(f.UserFactory())
    assert client.get(url(name, convention, *args)).status_code == 404
    client.force_login(f.member(convention, Role.ADMINISTRATION))
    assert client.get(url(name, convention, *args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize(
    "role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT, Role.COORDINATION]
)
def test_members_read(client, convention, name, args, role):
    client.force_login(f.member(convention, role))
    assert client.get(url(name, convention, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_unknown_slug_is_404(reader, name, args):
    assert reader.get(reverse(f"reports:{name}", args=["inconnue", *args])).status_code == 404


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_only_reading(reader, convention, name, args):
    assert reader.post(url(name, convention, *args)).status_code == 405


def test_preview_shows_the_bilan_and_every_way_to_take_it(reader, convention):
    page = reader.get(url("bilan", convention), {"exercice": 2023}).content.decode()
    assert "Une fiche à lire" in page
    assert "Bilan des actions <b>2023</b>" in page
    for cle, found in FORMATS.items():
        assert f'href="{url("bilan_fichier", convention, cle)}?exercice=2023"' in page
        assert found.label in page
        assert found.usage in page
    assert "style=" not in page
    assert "<style" not in page


@pytest.mark.parametrize(("role", "offered"), [(Role.LECTEUR, False), (Role.COORDINATION, True)])
def test_only_the_coordination_is_offered_to_freeze(client, convention, role, offered):
    client.force_login(f.member(convention, role))
    page = client.get(url("bilan", convention), {"exercice": 2023}).content.decode()
    assert (url("arreter", convention) + "?exercice=2023" in page) is offered


def test_preview_leads_to_the_last_arrete(reader, convention):
    frozen = f.arrete_of(convention)
    elsewhere = f.arrete_of(f.ConventionFactory())
    page = reader.get(url("bilan", convention)).content.decode()
    assert frozen.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page


@pytest.mark.parametrize("year", ["1850", "abc", "2019"])
def test_impossible_exercice(reader, convention, year):
    response = reader.get(url("bilan", convention), {"exercice": year})
    assert response.status_code == 400
    assert "Aucun bilan n’est possible pour cet exercice." in response.content.decode()
    response = reader.get(url("bilan_fichier", convention, "pdf"), {"exercice": year})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("query", "period"), [("", "periode"), ("?exercice=2023", "2023")], ids=["periode", "2023"]
)
@pytest.mark.parametrize("cle", FORMATS)
def test_downloads_are_named(reader, convention, monkeypatch, cle, query, period):
    found = FORMATS[cle]
    monkeypatch.setattr(type(found), "render", lambda self, tree: self.cle.encode())
    response = reader.get(url("bilan_fichier", convention, cle) + query)
    kind = "diaporama" if cle == "deck" else "bilan"
    name = f"{kind}-pays-test-{period}.{found.suffixe}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == found.type
    assert response.content == cle.encode()


def test_no_two_formats_share_a_file_name():
    from reports.context import file_name

    names = {f"{file_name('x', 2023, one)}.{one.suffixe}" for one in FORMATS.values()}
    assert len(names) == len(FORMATS)


def test_an_unknown_format_is_no_address(reader, convention):
    with pytest.raises(NoReverseMatch):
        url("bilan_fichier", convention, "gif")
    assert reader.get(url("bilan", convention) + "gif/").status_code == 404


def test_missing_pango_is_a_page(reader, convention, monkeypatch):
    def refuse(tree):
        raise PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    response = reader.get(url("bilan_fichier", convention, "pdf"))
    assert response.status_code == 503
    assert "Le PDF ne peut pas être produit" in response.content.decode()


def test_a_change_of_the_fiche_is_in_the_next_file(reader, convention):
    before = reader.get(url("bilan_fichier", convention, "html")).content.decode()
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Un titre corrigé"
    fiche.save()
    after = reader.get(url("bilan_fichier", convention, "html")).content.decode()
    assert "Un titre corrigé" not in before
    assert "Un titre corrigé" in after


def test_an_unchanged_file_is_given_without_reading_the_convention(
    reader, convention, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(html, "render_html", lambda tree: "page")
    convention.save()
    address = url("bilan_fichier", convention, "html")
    reader.get(address)
    # Session, person, grant, state of the journal.
    with django_assert_num_queries(4):
        assert reader.get(address).content == b"page"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_preview_do_not_grow(client, count, django_assert_num_queries):
    convention = full_convention(count, par_objectif=1)
    f.arrete_of(convention, 2022)
    client.force_login(f.member(convention, Role.LECTEUR))
    with django_assert_num_queries(PREVIEW_QUERIES):
        client.get(url("bilan", convention))
