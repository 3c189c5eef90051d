"""What Atkinson does not draw is drawn by other fonts of the project, or printed as its code."""

import io
import unicodedata
from pathlib import Path

import page as pdf_validation
import pypdf
import pytest
from django.contrib.staticfiles import finders

from reports.polices import POLICE, SECOURS, code_of, families, is_drawn, prepare
from reports.render.deck import render_deck
from reports.render.feuilles import render_classeur
from reports.render.pdf import render_pdf, write_pdf
from reports.render.ressources import Ressources
from reports.render.seance.pdf import render_pdf as render_papier
from reports.seance.build import build_convocation
from reports.tree import build_bilan
from tests import factories as f

from ..builders import TODAY
from .pdf import fonts_of

EMOJI = "🎉 👩‍👧 👩🏿‍🏫 👍🏽 🇫🇷 🇪🇺 ❤️ ☎️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
ECRITURES = "مريم بن علي Łukasz Şükrü Nguyễn Ольга Ωμέγα Ÿ m\u0303"
SIGNES = "✓ ✔ → ⇒ ■ ☐ ☒ ① ➢ ❖ ‰ ₂ ⅓ €"
SANS_DESSIN = "王小明 \uf0b7"
TOUT = f"{EMOJI} {ECRITURES} {SIGNES} {SANS_DESSIN}"
MEGA = 1024 * 1024


def page_of(text: str) -> str:
    return (
        '<!DOCTYPE html><html lang="fr"><title>Page</title><body class="bilan" data-pied="王">'
        f"<h1>{text}</h1><p>{text}</p><p><b>{text}</b></p></body></html>"
    )


def drawn(text: str) -> bytes:
    return write_pdf(page_of(text), Ressources(frozenset()))


def ua_failures(content: bytes) -> list[str]:
    profile = pdf_validation.ValidationProfile.PDF_UA_1
    return [
        str(one) for one in pdf_validation.validate_pdf_bytes(content, profile=profile).failures
    ]


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_every_script_is_drawn_by_a_font_of_the_project_and_the_pdf_is_valid():
    content = drawn(TOUT)
    assert ua_failures(content) == []
    known = ("Atkinson-Next", "Secours-", "emoji")
    assert [font for font in fonts_of(content) if not font.startswith(known)] == []
    text = text_of(content)
    for expected in (
        "🎉",
        "👩‍👧",
        "👩🏿‍🏫",
        "🇫🇷",
        "Łukasz Şükrü Nguyễn Ольга Ωμέγα Ÿ",
        "✓",
        "→",
        "‰ ₂ ⅓ €",
    ):
        assert expected in text
    assert "[U+738B][U+5C0F][U+660E] [U+F0B7]" in text
    assert set("مريم بن علي") <= set(text)


def test_a_document_of_plain_french_embeds_atkinson_alone():
    content = drawn("« Où sont les 36 % ? », dit-elle – œuvre, Noël, 12 m²…")
    assert {font.partition("-")[0] for font in fonts_of(content)} == {"Atkinson"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Été à Noël", []),
        ("Fête 🎉", ["emoji"]),
        ("Şükrü", ["Atkinson Next Ext", "Secours Sans"]),
        ("Ольга", ["Secours Sans"]),
        ("مريم", ["Secours Arabe"]),
        # A sign that may be drawn as a picture or not: both fonts, the engine chooses.
        ("☎", ["Secours Signes", "emoji"]),
        ("王", []),
    ],
)
def test_only_the_fonts_that_a_page_needs_are_named(text, named):
    _, fonts = prepare(f"<p>{text}</p>")
    assert [font.famille for font in fonts] == named


def test_a_sign_without_drawing_becomes_its_code_where_it_is_printed_only():
    page, _ = prepare('<p data-pied="王"><img src="media:王.jpg" alt="王"> 王 et \x07 …</p>')
    assert page == ('<p data-pied="[U+738B]"><img src="media:王.jpg" alt="王"> [U+738B] et   …</p>')


def test_accents_typed_apart_are_joined():
    assert prepare("<p>e\u0301te\u0301</p>") == ("<p>été</p>", ())


def test_the_list_of_fonts_is_written_as_a_sheet_and_as_a_drawing_write_it():
    assert families((), '"') == '"Atkinson Next", sans-serif'
    assert families(SECOURS[1:2]) == "Atkinson Next, Secours Sans, sans-serif"
    for sheet in ("bilan", "deck", "seance"):
        text = Path(finders.find(f"css/{sheet}.css")).read_text()
        named = text.count('"Atkinson Next"')
        assert named == text.count(families((), '"')) + 1, f"{sheet}: its @font-face apart"


def test_what_is_drawn_as_nothing_is_not_replaced():
    for sign in "\u00ad\u200b\u200d\u200e\u202f\ufe0f\u2009\ufeff":
        assert is_drawn(sign), unicodedata.name(sign, hex(ord(sign)))
    assert not is_drawn("王")
    assert code_of("\x07") == " "


def test_the_fonts_are_a_megabyte_at_most():
    sizes = [Path(finders.find(one.fichier)).stat().st_size for one in SECOURS]
    assert sum(sizes) <= MEGA
    assert Path(finders.find(POLICE)).exists()


def test_no_page_of_the_portal_loads_them():
    """They serve what is printed: a first visit takes Atkinson alone."""
    css = Path(finders.find("css/base.css")).parent
    for sheet in css.glob("*.css"):
        assert not [one for one in SECOURS if one.fichier in sheet.read_text()], sheet.name


@pytest.mark.django_db
@pytest.mark.parametrize("render", [render_pdf, render_deck, render_classeur])
def test_every_document_of_a_bilan_keeps_them(render, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    convention = f.ConventionFactory(territoire="Pays 🇫🇷 مريم")
    fiche = f.FicheFactory(axe__convention=convention, intitule=f"Fête {EMOJI} {SANS_DESSIN}")
    f.IndicateurFactory(fiche=fiche, intitule="🎉 Şükrü 王")
    fiche.contexte, fiche.elu_referent = TOUT, "مريم بن علي"
    fiche.save()
    content = render(build_bilan(convention, today=TODAY))
    assert ua_failures(content) == []
    text = text_of(content)
    assert "🎉 👩‍👧" in text
    assert "[U+738B]" in text


@pytest.mark.django_db
def test_a_paper_of_a_meeting_keeps_them(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reunion = f.ReunionFactory(titre=f"Réunion {TOUT}", lieu="Salle مريم 🎉")
    content = render_papier(build_convocation(reunion, today=TODAY))
    assert ua_failures(content) == []
    assert "🎉" in text_of(content)
