"""The papers of a meeting, opened by a real LibreOffice, and their PDF beside."""

import io
import subprocess

import pytest
from pypdf import PdfReader

from reports.seance.pieces import FORMATS_DE_SEANCE, PIECES
from tests.reports.documents.test_render_pdf import ua_failures
from tests.reports.extreme import ARABE, MOT_120, TITRE_400
from tests.reports.seances import TODAY, full_meeting, hard_meeting, meeting

from .test_office_libreoffice import assert_inside

pytestmark = pytest.mark.django_db

MEETINGS = {
    "ordinaire": lambda: full_meeting(3),
    "vide": lambda: meeting(date=None, titre="", heure="", lieu=""),
    "dure": hard_meeting,
}
#: A sign that no font of the machine draws is no fault of the paper: the emoji of the hard one.
GLYPHE_ABSENT = "PDFUA1-NOTDEF-GLYPH-001"


def written(folder, convert, cle, fmt, reunion):
    """The paper as a PDF file: its own, or what LibreOffice makes of the Word document."""
    path = folder / f"{cle}.{fmt}"
    path.write_bytes(PIECES[cle].render(reunion, fmt, today=TODAY))
    return path if fmt == "pdf" else convert(path, "pdf")


def words(path) -> str:
    """The words of a file, without the spaces that a break of a line or of a word makes."""
    text = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return "".join(text.split()).replace("\u00ad", "")


@pytest.mark.parametrize("kind", ["ordinaire", "vide"])
@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
@pytest.mark.parametrize("cle", PIECES)
def test_no_word_leaves_the_page(cle, fmt, kind, convert, tmp_path):
    assert_inside(written(tmp_path, convert, cle, fmt, MEETINGS[kind]()))


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
@pytest.mark.parametrize("cle", PIECES)
def test_two_hundred_guests_and_hard_words_are_all_there(cle, fmt, convert, tmp_path):
    path = written(tmp_path, convert, cle, fmt, hard_meeting())
    text = words(path)
    assert [rank for rank in range(197) if f"Personne{rank}" not in text] == []
    assert MOT_120 in text.replace("-", "")
    assert TITRE_400[:300].replace(" ", "") in text.replace("-", "")
    assert_inside(path)


@pytest.mark.parametrize("kind", MEETINGS)
@pytest.mark.parametrize("cle", PIECES)
def test_every_pdf_is_valid(cle, kind):
    content = PIECES[cle].render(MEETINGS[kind](), "pdf", today=TODAY)
    tolerated = GLYPHE_ABSENT if kind == "dure" else "rien"
    assert [failure for failure in ua_failures(content) if tolerated not in failure] == []
    assert len(content) < 200_000


@pytest.mark.parametrize("fmt", FORMATS_DE_SEANCE)
def test_an_arabic_name_is_kept(fmt, tmp_path, convert):
    reunion = meeting(titre="COPIL")
    reunion.participants.create(nom=ARABE)
    if fmt == "pdf":
        content = PIECES["emargement"].render(reunion, fmt, today=TODAY)
        text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    else:
        path = tmp_path / "emargement.docx"
        path.write_bytes(PIECES["emargement"].render(reunion, fmt, today=TODAY))
        text = convert(path, "txt:Text (encoded):UTF8").read_text(encoding="utf-8")
    assert sorted(ARABE.replace(" ", "")) == sorted(
        letter for letter in text if "\u0600" <= letter <= "\u06ff"
    )
