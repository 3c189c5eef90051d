"""The papers of a meeting from the portal: who may have them, their names, where they are found."""

import pytest
from django.urls import NoReverseMatch, reverse

from axes.enums import Role
from copil.enums import EtatReunion
from ctg_portal.lib.dates import parse_date
from reports.render.pdf import PdfUnavailable
from reports.render.seance import docx, pdf
from reports.seance.pieces import FORMATS_DE_SEANCE, PIECES
from tests import factories as f

from .seances import full_meeting, meeting

pytestmark = pytest.mark.django_db

EVERY_FILE = [(cle, fmt) for cle in PIECES for fmt in FORMATS_DE_SEANCE]


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """The files themselves have their own tests: here a file is the title of its paper."""
    settings.MEDIA_ROOT = tmp_path
    for module, name in ((pdf, "render_pdf"), (docx, "render_docx")):
        monkeypatch.setattr(module, name, lambda papier: papier.titre.encode())


@pytest.fixture
def reunion():
    return meeting(f.ConventionFactory(slug="pays-test"))


@pytest.fixture
def reader(client, reunion):
    client.force_login(f.member(reunion.convention, Role.LECTEUR))
    return client


def url(reunion, cle="releve", fmt="pdf", slug=""):
    slug = slug or reunion.convention.slug
    return reverse("reports:seance", args=[slug, reunion.pk, cle, fmt])


@pytest.mark.parametrize(("cle", "fmt"), EVERY_FILE)
def test_anonymous_is_sent_to_sign_in(client, reunion, cle, fmt):
    response = client.get(url(reunion, cle, fmt))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize(("cle", "fmt"), EVERY_FILE)
def test_stranger_and_administration_get_404(client, reunion, cle, fmt):
    client.force_login(f.UserFactory())
    assert client.get(url(reunion, cle, fmt)).status_code == 404
    client.force_login(f.member(reunion.convention, Role.ADMINISTRATION))
    assert client.get(url(reunion, cle, fmt)).status_code == 404


@pytest.mark.parametrize("cle", PIECES)
@pytest.mark.parametrize(
    "role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT, Role.COORDINATION]
)
def test_whoever_reads_the_meeting_has_its_papers(client, reunion, cle, role):
    client.force_login(f.member(reunion.convention, role))
    response = client.get(url(reunion, cle))
    assert response.status_code == 200
    assert "Comité de pilotage de printemps" in response.content.decode()


def test_the_meeting_of_another_convention_is_404(reader, reunion):
    elsewhere = meeting(titre="Ailleurs")
    assert reader.get(url(elsewhere, slug=reunion.convention.slug)).status_code == 404
    assert reader.get(url(elsewhere)).status_code == 404


def test_only_reading(reader, reunion):
    assert reader.post(url(reunion)).status_code == 405


@pytest.mark.parametrize(("cle", "fmt"), [("menu", "pdf"), ("releve", "xlsx"), ("releve", "html")])
def test_an_unknown_paper_or_format_is_no_address(reader, reunion, cle, fmt):
    with pytest.raises(NoReverseMatch):
        url(reunion, cle, fmt)
    address = url(reunion).replace("releve/pdf", f"{cle}/{fmt}")
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ("24 mars 2026", "2026-03-24"),
        ("juin 2018", "2018-06"),
        ("du 23 au 27 août 2021", "2021-08-23-2021-08-27"),
        ("2022-04-05 (mardi 5 avril)", "2022-04-05"),
    ],
)
def test_a_file_is_named_by_its_paper_and_the_day(reader, reunion, date, when):
    reunion.date = parse_date(date)
    reunion.save()
    for cle, fmt in EVERY_FILE:
        response = reader.get(url(reunion, cle, fmt))
        name = f"{cle}-pays-test-{when}.{fmt}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Content-Type"] == FORMATS_DE_SEANCE[fmt].type


def test_a_file_without_a_date_is_named_by_the_number_of_the_meeting(reader, reunion):
    reunion.date = None
    reunion.save()
    name = f"releve-pays-test-{reunion.pk}.pdf"
    assert name in reader.get(url(reunion))["Content-Disposition"]


def test_missing_pango_is_a_page_that_leads_to_the_word_file(reader, reunion, monkeypatch):
    def refuse(papier):
        raise PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    response = reader.get(url(reunion, "convocation"))
    page = response.content.decode()
    assert response.status_code == 503
    assert "Le PDF ne peut pas être produit" in page
    assert url(reunion, "convocation", "docx") in page
    assert reunion.get_absolute_url() in page


#: Session, person, grant, meeting; then what the paper itself reads.
QUERIES = {"convocation": 3 + 1 + 5, "emargement": 3 + 1 + 2, "releve": 3 + 1 + 10}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cle", PIECES)
def test_queries_do_not_grow_with_the_meeting(client, cle, count, django_assert_num_queries):
    reunion = full_meeting(count)
    client.force_login(f.member(reunion.convention, Role.LECTEUR))
    f.member(reunion.convention, Role.COORDINATION)
    with django_assert_num_queries(QUERIES[cle]):
        client.get(url(reunion, cle))


# --- The page of the meeting ------------------------------------------------------------------


def test_the_page_of_a_meeting_leads_to_every_paper(reader, reunion):
    page = reader.get(reunion.get_absolute_url()).content.decode()
    for cle, fmt in EVERY_FILE:
        assert f'href="{url(reunion, cle, fmt)}"' in page
    for piece in PIECES.values():
        assert piece.label in page


def test_the_page_of_a_cancelled_meeting_offers_a_notice_and_nothing_to_sign(reader, reunion):
    reunion.etat = EtatReunion.ANNULEE
    reunion.save()
    page = reader.get(reunion.get_absolute_url()).content.decode()
    assert "Avis d’annulation" in page
    assert url(reunion, "convocation") in page
    assert url(reunion, "emargement") not in page
