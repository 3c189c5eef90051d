"""The presentation in a real LibreOffice: it opens, nothing leaves a slide, nothing is lost."""

import datetime
import subprocess

import pytest
from django.core.management import call_command

from axes.models import Convention
from reports.deck import build_deck
from reports.deck.slides import Couverture, Diapositive
from reports.render.deck import printable
from reports.render.pptx import render_pptx
from reports.render.ressources import Ressources, pictures_of
from reports.tree import build_bilan
from tests.reports.documents.test_deck import assert_inside, squeezed
from tests.reports.documents.test_pptx import missing_facts
from tests.reports.extreme import extreme_tree
from tests.reports.test_facts import folded, published  # noqa: F401

# The mark makes the run create the test database, which the fixtures fill before any test.
pytestmark = [pytest.mark.audit, pytest.mark.django_db]
TODAY = datetime.date(2026, 11, 21)
CONVENTIONS = (
    ("quercy-blanc-2020-2024", 2023),
    ("lalbenque-limogne-2019-2022", 2022),
    ("vallees-fictives-2024-2028", 2026),
)


def opened_by_libreoffice(tree, convert, folder):
    """The PDF that LibreOffice makes of the presentation, and its words in the order drawn."""
    path = folder / "copil.pptx"
    path.write_bytes(render_pptx(tree))
    pdf = convert(path, "pdf").read_bytes()
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return pdf, text


def words_shown(slide: Diapositive) -> str:
    """The title as it is drawn: that of the cover is followed by the name of the convention."""
    return slide.titre if isinstance(slide, Couverture) else slide.titre_complet


def check(tree, convert, folder) -> str:
    """Every word inside its slide, as many pages as slides, every title there."""
    slides = build_deck(tree, printable(Ressources(pictures_of(tree)))).diapositives
    pdf, text = opened_by_libreoffice(tree, convert, folder)
    assert_inside(pdf, len(slides))
    pages = text.split("\f")
    for slide, page in zip(slides, pages[: len(slides)], strict=True):
        assert squeezed(words_shown(slide)) in squeezed(page), slide.numero
    return text


@pytest.fixture
def tree_of(db, settings, tmp_path):
    """A function that gives the tree of a demonstration, read from its tables."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def build(slug, exercice):
        call_command("import_convention", settings.BASE_DIR / "demo" / slug, verbosity=0)
        return build_bilan(Convention.objects.get(slug=slug), exercice, today=TODAY)

    return build


@pytest.mark.parametrize(("slug", "exercice"), CONVENTIONS)
def test_every_word_of_a_demonstration_stands_inside_its_slide(
    slug, exercice, tree_of, convert, tmp_path
):
    tree = tree_of(slug, exercice)
    text = squeezed(check(tree, convert, tmp_path))
    for fiche in tree.fiches:
        assert squeezed(fiche.intitule) in text


def test_every_word_of_hard_texts_stands_inside_its_slide(convert, tmp_path):
    check(extreme_tree(), convert, tmp_path)


def test_titles_figures_and_dates_of_a_published_document_are_shown(
    published,  # noqa: F811
    convert,
    tmp_path,
):
    """On the slides or, for a detail, in the notes; all but the codes, which repeat."""
    shown = folded(check(published.tree, convert, tmp_path))
    noted = folded(
        "\n".join(note for slide in build_deck(published.tree).diapositives for note in slide.notes)
    )
    assert not missing_facts(published, f"{shown}\n{noted}")
