"""The PDF of the bilan: real, tagged, valid PDF/UA-1, kept once for an unchanged content."""

import io
import re
import subprocess
import sys
from pathlib import Path

import page as pdf_validation
import pypdf
import pytest

from reports.present import tree_of
from reports.render import pdf
from reports.render.html import render_for_pdf, render_html
from reports.render.pdf import PdfUnavailable, render_pdf
from reports.render.ressources import Ressources
from reports.tree import build_bilan
from tests import factories as f

from ..builders import TODAY, full_convention
from .pdf import fonts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return build_bilan(full_convention(1, territoire="Pays d’Élégance"), today=TODAY)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_pdf_is_tagged_in_french_and_valid(tree, media):
    content = render_pdf(tree)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.root_object["/Lang"] == "fr"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Bilan des actions 2020-2024 – CTG Pays d’Élégance"
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for expected in ["Pays d’Élégance", "Sommaire", tree.fiches[0].intitule, "tableau de synthèse"]:
        assert expected in text
    fonts = fonts_of(content)
    assert fonts
    assert all("Atkinson" in font for font in fonts)
    assert ua_failures(content) == []
    assert titled_tables(reader) == render_for_pdf(tree, Ressources(())).count("<table") > 8


def test_an_arrete_that_follows_another_is_valid_too(media):
    convention = full_convention(1)
    f.arrete_of(convention, 2022)
    fiche = convention.axes.get().fiches.first()
    fiche.realisation, fiche.intitule = "realisee", "Un autre titre"
    fiche.save()
    f.FicheFactory(axe=fiche.axe)
    content = render_pdf(f.arrete_of(convention, 2023, avis="**Favorable**\n\n- un\n- deux").tree)
    text = " ".join(
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages
    )
    for expected in ("Depuis le bilan arrêté le", "Avis du comité de pilotage", "Arrêté le"):
        assert expected in text
    assert ua_failures(content) == []


def test_a_synthese_is_valid_and_leads_nowhere_that_is_not_printed(media, caplog):
    convention = full_convention(1)
    f.arrete_of(convention, 2022)
    fiche = convention.axes.get().fiches.first()
    fiche.realisation = "realisee"
    fiche.save()
    draft = f.BilanFactory(
        convention=convention, detail="synthese", introduction="Un mot d’accueil."
    )
    content = render_pdf(tree_of(draft, today=TODAY))
    assert ua_failures(content) == []
    assert not [record for record in caplog.records if "anchor" in record.getMessage()]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "Un mot d’accueil." in text
    assert "Résultats attendus" not in text


def titled_tables(reader: pypdf.PdfReader) -> int:
    """Tables whose first part is their title: the rest of a table, on the next page, has none."""
    found, waiting = 0, [reader.root_object["/StructTreeRoot"]]
    while waiting:
        parts = waiting.pop().get("/K", [])
        parts = parts if isinstance(parts, list) else [parts]
        nodes = [node for part in parts if isinstance(node := part.get_object(), dict)]
        found += sum(
            node.get("/S") == "/Table" and node["/K"][0].get_object()["/S"] == "/Caption"
            for node in nodes
        )
        waiting += nodes
    return found


def test_a_title_that_is_only_heard_stays_on_the_page_of_its_table():
    """Of no height, it fits at the foot of every page, even where no row does."""
    tables = "".join(
        f'<div style="break-before:page;height:{221 + rank}mm"></div><section><h3>Titre{rank}</h3>'
        "<table><caption class='b-secret'>Dite</caption><thead><tr><th>a</th></tr></thead>"
        f"<tbody><tr><td>Corps{rank}</td></tr></tbody></table></section>"
        for rank in range(15)
    )
    page = f'<html lang="fr"><title>Essai</title><body class="bilan">{tables}</body></html>'
    reader = pypdf.PdfReader(io.BytesIO(pdf.write_pdf(page, Ressources(()))))
    pages = [sheet.extract_text() for sheet in reader.pages]
    assert 15 < len(pages) < 30
    for text in pages:
        assert re.findall(r"Titre(\d+)", text) == re.findall(r"Corps(\d+)", text)


def ua_failures(content: bytes) -> list[str]:
    report = pdf_validation.validate_pdf_bytes(
        content, profile=pdf_validation.ValidationProfile.PDF_UA_1
    )
    return [str(failure) for failure in report.failures]


def test_sommaire_gives_real_page_numbers(tree, media):
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(tree)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    annexes = next(number for number, text in enumerate(pages, 1) if "Composition des" in text)
    sommaire = next(text for text in pages if "Cadrage et chiffres clés 3" in text)
    assert f"Annexes {annexes}" in sommaire
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


def test_a_very_long_word_does_not_leave_the_page(media):
    fiche = f.FicheFactory(intitule="Anti" + "constitutionnel" * 12)
    f.FinancementFactory(fiche=fiche, financeur="F" * 160)
    content = render_pdf(build_bilan(fiche.axe.convention, today=TODAY))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    right_ends = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
    a4_width, right_margin = 595.3, 20 / 25.4 * 72
    assert len(right_ends) > 50
    assert max(right_ends) <= a4_width - right_margin + 1


def test_missing_pango_is_said_in_french(tree, media, monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(PdfUnavailable, match="apt-get install"):
        render_pdf(tree)


def test_weasyprint_is_imported_by_the_rendering_only():
    for path in Path(pdf.__file__).parent.glob("*.py"):
        lines = path.read_text().splitlines()
        assert not [line for line in lines if line.startswith(("import weasy", "from weasy"))]


def test_html_and_pdf_say_the_same(tree, media):
    assert tree.fiches[0].intitule in render_html(tree)
