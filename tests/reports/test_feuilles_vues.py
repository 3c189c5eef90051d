"""The sheets of fiches and axes, and the binder: who may print them, and what they answer."""

import pytest
from django.urls import reverse

from axes.enums import Role
from reports.render import feuilles
from reports.render.pdf import PdfUnavailable
from tests import factories as f

from .builders import full_convention
from .test_tree import QUERIES

pytestmark = pytest.mark.django_db
#: Session, person, her grant, the fiche; an axe is looked for, then placed among the others.
FICHE_QUERIES = QUERIES + 4
AXE_QUERIES = QUERIES + 5
NAMES = ("fiche_pdf", "axe_pdf", "classeur")


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """What is drawn has its own tests: here each sheet is the names of what it holds."""
    settings.MEDIA_ROOT = tmp_path

    def write(self, titre, sheets, couverture=""):
        return f"%PDF {titre} {len(sheets)}".encode()

    monkeypatch.setattr(feuilles.Atelier, "write", write)


@pytest.fixture
def fiche():
    return f.FicheFactory(
        code="A1", intitule="Une fiche à imprimer", axe__numero="1", axe__convention__slug="pays"
    )


@pytest.fixture
def reader(client, fiche):
    client.force_login(f.member(fiche.axe.convention, Role.LECTEUR))
    return client


def url(name, fiche):
    slug = fiche.axe.convention.slug
    args = {"fiche_pdf": [slug, fiche.pk], "axe_pdf": [slug, fiche.axe_id], "classeur": [slug]}
    return reverse(f"reports:{name}", args=args[name])


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_is_sent_to_sign_in(client, fiche, name):
    response = client.get(url(name, fiche))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize("name", NAMES)
def test_stranger_and_administration_get_404(client, fiche, name):
    client.force_login(f.UserFactory())
    assert client.get(url(name, fiche)).status_code == 404
    client.force_login(f.member(fiche.axe.convention, Role.ADMINISTRATION))
    assert client.get(url(name, fiche)).status_code == 404
    client.force_login(f.member(f.ConventionFactory(), Role.COORDINATION))
    assert client.get(url(name, fiche)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT, Role.COORDINATION]
)
def test_members_print(client, fiche, name, role):
    client.force_login(f.member(fiche.axe.convention, role))
    response = client.get(url(name, fiche))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", NAMES)
def test_only_reading(reader, fiche, name):
    assert reader.post(url(name, fiche)).status_code == 405


def test_addresses_are_those_of_the_page_with_a_file_at_their_end(fiche):
    assert url("fiche_pdf", fiche) == f"/conventions/pays/fiches/{fiche.pk}/fiche.pdf"
    assert url("axe_pdf", fiche) == f"/conventions/pays/axes/{fiche.axe_id}/axe.pdf"
    assert url("classeur", fiche) == "/conventions/pays/bilan/classeur.pdf"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("fiche_pdf", "fiche-1a1-pays.pdf"),
        ("axe_pdf", "axe-1-pays.pdf"),
        ("classeur", "classeur-pays.pdf"),
    ],
)
def test_files_are_named_after_what_they_hold(reader, fiche, name, file):
    response = reader.get(url(name, fiche))
    assert response["Content-Disposition"] == f'attachment; filename="{file}"'


@pytest.mark.parametrize("name", ["fiche_pdf", "axe_pdf"])
def test_what_belongs_to_another_convention_is_404(reader, fiche, name):
    elsewhere = f.FicheFactory()
    slug = fiche.axe.convention.slug
    pk = elsewhere.pk if name == "fiche_pdf" else elsewhere.axe_id
    assert reader.get(reverse(f"reports:{name}", args=[slug, pk])).status_code == 404


def test_an_archived_fiche_is_in_no_document(reader, fiche):
    fiche.archivee = True
    fiche.save()
    assert reader.get(url("fiche_pdf", fiche)).status_code == 404
    page = reader.get(fiche.get_absolute_url()).content.decode()
    assert url("fiche_pdf", fiche) not in page


def test_binder_of_one_axe_leaves_the_others_out(reader, fiche):
    other = f.FicheFactory(axe__convention=fiche.axe.convention)
    f.FicheFactory(axe=other.axe)
    assert reader.get(url("classeur", fiche)).content.endswith(b" 5")
    response = reader.get(url("classeur", fiche), {"axe": other.axe_id})
    assert response.content.endswith(b" 3")
    assert 'filename="classeur-axe-2-pays.pdf"' in response["Content-Disposition"]


@pytest.mark.parametrize("asked", ["0", "abc", "-1", "²", "99999999999999999999"])
def test_an_axe_that_is_none_of_the_convention_is_404(reader, fiche, asked):
    assert reader.get(url("classeur", fiche), {"axe": asked}).status_code == 404
    elsewhere = f.AxeFactory()
    assert reader.get(url("classeur", fiche), {"axe": elsewhere.pk}).status_code == 404


@pytest.mark.parametrize("name", ["fiche_pdf", "axe_pdf"])
def test_missing_pango_is_a_page(reader, fiche, monkeypatch, name):
    def refuse(self, titre, sheets, couverture=""):
        raise PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setattr(feuilles.Atelier, "write", refuse)
    response = reader.get(url(name, fiche))
    assert response.status_code == 503
    assert "Le PDF ne peut pas être produit" in response.content.decode()


def test_a_change_of_the_fiche_is_in_the_next_binder(reader, fiche):
    before = reader.get(url("classeur", fiche))
    f.FicheFactory(axe=fiche.axe)
    after = reader.get(url("classeur", fiche))
    assert before.content != after.content
    assert before["ETag"] != after["ETag"]


def test_pages_lead_to_their_sheets(reader, fiche):
    slug = fiche.axe.convention.slug
    pages = {
        fiche.get_absolute_url(): [url("fiche_pdf", fiche)],
        reverse("pilotage:axe", args=[slug, fiche.axe_id]): [
            url("axe_pdf", fiche),
            f"{url('classeur', fiche)}?axe={fiche.axe_id}",
        ],
        reverse("reports:bilan", args=[slug]): [url("classeur", fiche)],
    }
    for page, links in pages.items():
        content = reader.get(page).content.decode()
        for link in links:
            assert f'href="{link}"' in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_sheet_do_not_grow(client, count, django_assert_num_queries):
    convention = full_convention(count, par_objectif=1)
    client.force_login(f.member(convention, Role.LECTEUR))
    fiche = convention.axes.first().fiches.first()
    for name, queries in (("fiche_pdf", FICHE_QUERIES), ("axe_pdf", AXE_QUERIES)):
        address = url(name, fiche)
        with django_assert_num_queries(queries):
            client.get(address)
