"""The papers of a meeting as files: valid PDF/UA-1, real Word tables, the same words in both."""

import io
import re
import subprocess
from html import unescape
from itertools import pairwise

import pypdf
import pytest
from django.core.files.base import ContentFile
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from copil.enums import EtatReunion
from reports.render.ressources import Ressources
from reports.render.seance.pdf import papier_html
from reports.seance.nodes import LIGNES_LIBRES
from reports.seance.pieces import FORMATS_DE_SEANCE, PIECES
from tests import factories as f

from ..seances import SECRET, TODAY, full_meeting, meeting
from .pdf import fonts_of
from .test_docx import even, words
from .test_render_pdf import ua_failures

pytestmark = pytest.mark.django_db

MILLIMETRE = 72 / 25.4


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def drawn(cle, fmt, reunion) -> bytes:
    return PIECES[cle].render(reunion, fmt, today=TODAY)


def opened(cle, reunion):
    return Document(io.BytesIO(drawn(cle, "docx", reunion)))


def said(cle, fmt, reunion) -> str:
    """The words of a paper, spaces made even, in lower case; of a PDF, those of its page."""
    if fmt == "docx":
        return words(opened(cle, reunion).element)
    papier = PIECES[cle].build(reunion, today=TODAY)
    html = papier_html(papier, Ressources(papier.images)).partition("<body")[2]
    return even(unescape(re.sub(r"<[^>]+>", " ", html)))


EVERYWHERE = ("Pays d’Élégance", "Comité de pilotage de printemps", "24 mars 2026", "14 h 30")
OWN = {
    "convocation": ("Convocation", "COPIL", "Point 0", "Note 0", "Présente 0", "Excusé 0"),
    "emargement": ("Feuille d’émargement", "Signature", "Présente 0", "Invitée 0", "Excusés"),
    "releve": (
        "Relevé de décisions",
        "29 participants",
        "Présents (1)",
        "Adopté",
        "Décider 0",
        "La présidente",
        "Fiche Une fiche suivie",
        "Décisions antérieures encore ouvertes",
        "Attendre 0",
        "La suite",
    ),
}


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
@pytest.mark.parametrize("cle", PIECES)
def test_a_paper_says_what_the_meeting_holds_and_no_internal_note(cle, fmt):
    text = said(cle, fmt, full_meeting())
    missing = [word for word in (*EVERYWHERE, *OWN[cle]) if word.casefold() not in text]
    assert missing == []
    assert SECRET.casefold() not in text


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
def test_those_who_are_excused_stand_apart_from_the_rows_to_sign(fmt):
    text = said("emargement", fmt, full_meeting())
    assert text.index("invitée 0") < text.index("excusés") < text.index("excusé 0")


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
@pytest.mark.parametrize("cle", PIECES)
def test_a_cancelled_meeting_says_so_on_every_paper(cle, fmt):
    text = said(cle, fmt, full_meeting(etat=EtatReunion.ANNULEE, motif="Routes enneigées"))
    assert "cette réunion est annulée. motif : routes enneigées." in text
    assert "vous êtes convié" not in text
    assert ("avis d’annulation" in text) is (cle == "convocation")


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
@pytest.mark.parametrize("cle", PIECES)
def test_a_meeting_with_nothing_in_it_is_a_form_to_fill_in(cle, fmt):
    bare = meeting(date=None, titre="", heure="", lieu="")
    text = said(cle, fmt, bare)
    for word in ("copil", "date", "heure", "lieu"):
        assert word in text


@pytest.mark.parametrize("cle", PIECES)
def test_every_pdf_is_tagged_in_french_and_valid(cle):
    reunion = full_meeting()
    content = drawn(cle, "pdf", reunion)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.root_object["/Lang"] == "fr"
    title = PIECES[cle].build(reunion, today=TODAY).titre
    assert reader.metadata.title == f"{title} – CTG Pays d’Élégance"
    fonts = fonts_of(content)
    assert fonts
    assert all("Atkinson" in font for font in fonts)
    assert ua_failures(content) == []


def test_an_ordinary_convocation_stands_on_one_page():
    reader = pypdf.PdfReader(io.BytesIO(drawn("convocation", "pdf", full_meeting(4))))
    assert len(reader.pages) == 1


def test_the_heading_of_a_long_sheet_is_on_each_page_and_no_row_is_cut():
    reunion = meeting()
    for rank in range(30):
        f.ParticipantFactory(reunion=reunion, nom=f"Personne {rank} a", organisme="b " * 40)
    content = drawn("emargement", "pdf", reunion)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 2
    for page in pages:
        assert "Organisme" in page
    for page in pages[1:]:
        assert "Comité de pilotage de printemps, 24" in page
    # Each row has one name and forty signs beside it: on a page they are all there or none.
    for page in pages:
        assert page.split().count("b") == 40 * len(re.findall(r"Personne \d+ a", page))


def test_no_word_leaves_the_text_of_the_page():
    reunion = meeting(titre="Anti" + "constitutionnel" * 10, lieu="L" * 190)
    f.ParticipantFactory(reunion=reunion, nom="N" * 120, qualite="Q" * 150, organisme="O" * 150)
    f.DecisionFactory(reunion=reunion, texte="D" * 200, responsable="R" * 120)
    for cle in PIECES:
        boxes = subprocess.run(
            ["pdftotext", "-bbox", "-", "-"],
            input=drawn(cle, "pdf", reunion),
            capture_output=True,
            check=True,
        ).stdout.decode()
        right_ends = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
        assert len(right_ends) > 10
        assert max(right_ends) <= (210 - 20) * MILLIMETRE + 1


# --- Word -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cle", PIECES)
def test_word_has_one_first_heading_and_headed_tables(cle):
    document = opened(cle, full_meeting(3))
    levels = [
        int(found.get(qn("w:val")))
        for paragraph in document.paragraphs
        for found in paragraph.style.element.iter(qn("w:outlineLvl"))
    ]
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.core_properties.title.startswith(("Convocation", "Feuille", "Relevé"))
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_sheet_to_sign_repeats_its_heading_and_leaves_room_to_write():
    table = opened("emargement", full_meeting(2)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Nom",
        "Qualité",
        "Organisme",
        "Signature",
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row.cells[0].text for row in table.rows[1:5]] == [
        "Présente 0",
        "Invitée 0",
        "Présente 1",
        "Invitée 1",
    ]
    assert [row.cells[0].text for row in table.rows if len(set(row.cells)) == 1] == [
        "Autres personnes présentes",
        "Nombre de présents\u00a0:",
    ]
    signed = [row for row in table.rows[1:] if len(set(row.cells)) == 4]
    assert len(signed) == 4 + LIGNES_LIBRES
    assert all(row.height.mm > 12 for row in signed)


def test_word_shows_no_running_title_on_its_first_page():
    section = opened("releve", full_meeting()).sections[0]
    assert section.different_first_page_header_footer
    assert "Relevé de décisions" in section.header.paragraphs[0].text
    assert "Édité le 22\u00a0novembre 2026" in section.first_page_footer.paragraphs[0].text


def test_the_logo_stands_at_the_head_with_its_words():
    reunion = meeting()
    buffer = io.BytesIO()
    Image.new("RGB", (60, 30), "#14508c").save(buffer, "PNG")
    reunion.convention.logo.save("logo.png", ContentFile(buffer.getvalue()))
    content = drawn("convocation", "pdf", reunion)
    assert [len(page.images) for page in pypdf.PdfReader(io.BytesIO(content)).pages] == [1]
    assert ua_failures(content) == []
    names = [
        found.get("descr") for found in opened("convocation", reunion).element.iter(qn("wp:docPr"))
    ]
    assert names == ["", "Logo : Pays d’Élégance"]


def test_a_logo_that_is_lost_or_broken_is_left_out():
    reunion = meeting()
    reunion.convention.logo.save("logo.png", ContentFile(b"not a picture"))
    for fmt in FORMATS_DE_SEANCE:
        assert "pays d’élégance" in said("convocation", fmt, reunion)


def test_the_address_to_connect_to_is_a_link():
    reunion = meeting(lieu="https://visio.exemple.fr/abc", visio=True)
    document = opened("convocation", reunion)
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == ["https://visio.exemple.fr/abc"]
    pages = pypdf.PdfReader(io.BytesIO(drawn("convocation", "pdf", reunion))).pages
    links = [note.get_object()["/A"]["/URI"] for note in pages[0]["/Annots"]]
    assert links == ["https://visio.exemple.fr/abc"]
