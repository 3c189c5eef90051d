"""The editable presentation, read again: layouts, placeholders, native tables and charts, notes."""

import io
import re
import zipfile
from itertools import pairwise

import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN

from ctg_portal.lib.periodes import parse_periode
from reports.deck import build_deck
from reports.deck.slides import Graphique, Tableau
from reports.render.pptx import render_pptx
from reports.render.pptx.formes import propre
from reports.render.pptx.modele import dispositions
from reports.tree import build_bilan
from tests import factories as f

from ..builders import TODAY, full_convention
from ..extreme import ARABE, CONTROLES, EMOJI, MOT_120, TITRE_400, extreme_tree, large_tree
from ..photos import NOT_A_PICTURE, photo_of, picture
from ..test_facts import Fact, Published, folded, published  # noqa: F401
from .test_deck import media, squeezed  # noqa: F401

# The mark makes a run of this module alone create the test database for `published`.
pytestmark = pytest.mark.django_db
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
LARGEUR, HAUTEUR = 12_192_000, 6_858_000


def opened(tree):
    return pptx.Presentation(io.BytesIO(render_pptx(tree)))


def words_of(presentation) -> str:
    """Every text of the slides and of their notes."""
    found = []
    for slide in presentation.slides:
        found += etree.tostring(slide._element, method="text", encoding="unicode")
        if slide.has_notes_slide:
            found += slide.notes_slide.notes_text_frame.text
    return squeezed("".join(found))


@pytest.fixture
def tree(db, media):  # noqa: F811
    return build_bilan(full_convention(1, territoire="Pays d’Élégance"), today=TODAY)


def test_each_slide_has_its_title_in_the_title_placeholder(tree):
    titles = [slide.shapes.title.text_frame.text for slide in opened(tree).slides]
    deck = build_deck(tree)
    assert len(titles) == len(deck.diapositives)
    assert titles[0] == f"{deck.diapositives[0].titre}\n{deck.diapositives[0].objet}"
    assert titles[1:] == [slide.titre_complet for slide in deck.diapositives[1:]]


def test_slides_are_sixteen_to_nine_and_stand_on_the_layouts_of_the_model(tree):
    presentation = opened(tree)
    assert (presentation.slide_width, presentation.slide_height) == (LARGEUR, HAUTEUR)
    known = [disposition.nom for disposition in dispositions()]
    assert [layout.name for layout in presentation.slide_layouts] == known
    used = {slide.slide_layout.name for slide in presentation.slides}
    assert {"Couverture", "Ouverture d’axe", "Titre seul", "Annonce"} < used
    assert used <= set(known)


def test_no_placeholder_is_left_empty_and_every_slide_has_foot_and_number(tree):
    for number, slide in enumerate(opened(tree).slides, start=1):
        kinds = {place.placeholder_format.type for place in slide.placeholders}
        texts = [place.text_frame.text for place in slide.placeholders]
        assert all(texts)
        if number > 1:
            assert {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= kinds
            assert str(number) in texts


def test_texts_take_their_size_from_the_layout(tree):
    """A list that somebody goes on typing keeps the look of the deck."""
    sized = []
    for slide in opened(tree).slides:
        for place in slide.placeholders:
            if place.placeholder_format.type == PP_PLACEHOLDER.BODY:
                runs = [run for p in place.text_frame.paragraphs for run in p.runs]
                sized += [run.font.size for run in runs if place.name.startswith("Contenu")]
    assert sized
    assert set(sized) == {None}


def test_tables_and_charts_are_native(tree):
    presentation = opened(tree)
    shapes = [shape for slide in presentation.slides for shape in slide.shapes]
    slides = build_deck(tree).diapositives
    charts = [shape for shape in shapes if shape.has_chart]
    drawn = [slide for slide in slides if isinstance(slide, Graphique)]
    # The key figures have two charts of their own.
    assert len(charts) == len(drawn) + 2
    tables = [shape.table for shape in shapes if shape.has_table]
    wanted = sum(isinstance(slide, Tableau) for slide in slides)
    assert len(tables) == wanted + sum(bool(slide.lignes) for slide in drawn)
    assert all(table.first_row for table in tables)


def test_chart_holds_the_values_a_hole_and_a_forecast(db):
    fiche = f.FicheFactory()
    indicateur = f.IndicateurFactory(
        convention=fiche.axe.convention, fiche=fiche, intitule="Fréquentation", cible=40_000
    )
    for year, valeur, is_forecast in ((2019, 30_442, 0), (2021, 28_000, 0), (2023, 36_424, 1)):
        f.ValeurFactory(
            indicateur=indicateur,
            periode=parse_periode(str(year)),
            valeur=valeur,
            previsionnelle=bool(is_forecast),
        )
    presentation = opened(build_bilan(fiche.axe.convention, today=TODAY))
    (shape,) = (
        shape
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_chart and shape.name == "Graphique"
    )
    (plot,) = shape.chart.plots
    assert list(plot.categories) == ["2019", "2020", "2021", "2022", "2023"]
    assert {series.name: tuple(series.values) for series in plot.series} == {
        "Valeur": (30_442, None, 28_000, None, None),
        "Prévision": (None, None, None, None, 36_424),
        "Cible": (40_000,) * 5,
    }
    alt = shape._element.xpath(".//p:cNvPr")[0].get("descr")
    assert "Fréquentation" in alt
    assert "36\u00a0424" in alt


def test_amounts_stand_at_the_right_of_their_column(db):
    fiche = f.FicheFactory()
    f.FinancementFactory(fiche=fiche, annee=2025, montant=1900, nature="verse")
    tables = [
        shape.table
        for slide in opened(build_bilan(fiche.axe.convention, today=TODAY)).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    (alignment,) = {
        cell.text_frame.paragraphs[0].alignment
        for table in tables
        for row in table.rows
        for cell in row.cells
        if cell.text_frame.text == "1\u00a0900\u00a0€"
    }
    assert alignment == PP_ALIGN.RIGHT


def test_picture_has_its_alternative_text_and_keeps_its_proportions(db, media):  # noqa: F811
    fiche = f.FicheFactory()
    photo_of(fiche, picture(900, 300), alt="Deux enfants devant un jeu")
    presentation = opened(build_bilan(fiche.axe.convention, today=TODAY))
    (shown,) = (
        shape
        for slide in presentation.slides
        for shape in slide.shapes
        if shape._element.tag.endswith("}pic")
    )
    assert shown._element.xpath(".//p:cNvPr")[0].get("descr") == "Deux enfants devant un jeu"
    assert shown.width / shown.height == pytest.approx(3, abs=0.01)


def test_a_corrupt_picture_and_a_lost_logo_are_passed_over(db, media):  # noqa: F811
    convention = f.ConventionFactory(logo="logos/perdu.png")
    photo_of(f.FicheFactory(axe__convention=convention), NOT_A_PICTURE, legende="La fête")
    presentation = opened(build_bilan(convention, today=TODAY))
    assert squeezed("La fête (image non reproduite)") in words_of(presentation)
    shapes = [shape for slide in presentation.slides for shape in slide.shapes]
    assert not [shape for shape in shapes if shape._element.tag.endswith("}pic")]


def test_details_are_in_the_notes(tree):
    notes = " ".join(
        slide.notes_slide.notes_text_frame.text
        for slide in opened(tree).slides
        if slide.has_notes_slide
    )
    fiche = tree.fiches[0]
    assert fiche.partenaires[0].organisme in notes
    assert fiche.resultats[0].texte in notes


def test_internal_notes_never_leave_the_portal(db):
    fiche = f.FicheFactory(notes_internes="à ne pas dire en séance")
    assert "ànepasdire" not in words_of(opened(build_bilan(fiche.axe.convention, today=TODAY)))


def test_every_text_says_that_it_is_french(tree):
    for name, part in xml_parts(render_pptx(tree)):
        if re.search(r"/(slides|notesSlides)/[^/]+\.xml$", name):
            for run in part.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
                assert run.get("lang") == "fr-FR", name


def xml_parts(content: bytes):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(package.read(name))


def test_properties_name_the_document_and_nobody(tree):
    properties = opened(tree).core_properties
    assert properties.title == "Bilan des actions 2020-2024 – CTG Pays d’Élégance"
    assert properties.author == properties.last_modified_by == "Pays d’Élégance"
    assert properties.language == "fr-FR"
    assert properties.created.date() == TODAY


def test_file_is_made_of_our_layouts_only(tree):
    names = [name for name, _ in xml_parts(render_pptx(tree))]
    layouts = [name for name in names if re.fullmatch(r"ppt/slideLayouts/[^/]+\.xml", name)]
    assert len(layouts) == len(dispositions())
    with zipfile.ZipFile(io.BytesIO(render_pptx(tree))) as package:
        assert "docProps/thumbnail.jpeg" not in package.namelist()
        theme = package.read("ppt/theme/theme1.xml").decode()
    assert "Atkinson Hyperlegible Next" in theme
    assert "Calibri" not in theme


def test_shapes_have_their_own_numbers(tree):
    for slide in opened(tree).slides:
        found = slide._element.xpath(".//p:cNvPr/@id")
        assert len(found) == len(set(found))


def test_no_shape_leaves_the_slide(tree):
    for candidate in (tree, extreme_tree()):
        for slide in opened(candidate).slides:
            for shape in slide.shapes:
                assert 0 <= shape.left <= shape.left + shape.width <= LARGEUR
                assert 0 <= shape.top <= shape.top + shape.height <= HAUTEUR


def test_hard_texts_are_all_there():
    words = words_of(opened(extreme_tree()))
    for text in (TITRE_400, MOT_120, EMOJI, ARABE, propre(CONTROLES)):
        assert squeezed(text) in words


def test_signs_that_xml_refuses_are_left_out():
    assert propre("avant\x0baprès\x1f\x00fin\ud800") == "avantaprèsfin"
    assert propre("12\u202f%") == "12\u00a0%"


def test_each_fact_of_a_published_document_is_said_or_noted(published):  # noqa: F811
    """Codes apart, which repeat from one axe to the next."""
    text = folded(spaced_words_of(opened(published.tree)))
    assert not missing_facts(published, text)


def spaced_words_of(presentation) -> str:
    """The paragraphs of the slides, the words of their charts, their notes."""
    found = []
    for slide in presentation.slides:
        for element in (slide._element, *(notes_of(slide))):
            found += ["".join(p.itertext()) for p in element.iter(f"{{{A}}}p")]
        found += slide._element.xpath(".//p:cNvPr/@descr")
    return "\n".join(found)


def missing_facts(found: Published, text: str) -> list[Fact]:
    """The facts that a folded text does not tell, whatever the signs between the words."""
    bare = letters_of(text)
    return [
        fact
        for fact in found.missing_from(text)
        if letters_of(folded(found.said_otherwise.get(fact.text, fact.text))) not in bare
    ]


def letters_of(text: str) -> str:
    return re.sub(r"\W", "", text)


def notes_of(slide):
    return [slide.notes_slide._element] if slide.has_notes_slide else []


def test_an_empty_convention_still_opens(db):
    presentation = opened(build_bilan(f.ConventionFactory(), today=TODAY))
    assert [slide.slide_layout.name for slide in presentation.slides] == [
        "Couverture",
        "Une colonne, grand texte",
        "Annonce",
        "Titre seul",
    ]


def test_many_axes_keep_their_place_on_the_slide():
    presentation = opened(large_tree(12, 1))
    marks = [
        [shape for shape in slide.shapes if shape.name.startswith("Repère")]
        for slide in presentation.slides
    ]
    assert {len(found) for found in marks} == {0, 12}
    for found in marks:
        assert all(left.left + left.width <= right.left for left, right in pairwise(found))
