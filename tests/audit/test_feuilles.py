"""The sheets as they are printed: one page per fiche, valid PDF/UA-1, nothing out of the paper."""

import dataclasses
import datetime
import io
import re
import subprocess

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from axes.models import Convention
from reports.feuilles.niveaux import NIVEAUX_AXE, PAGES_AXE, PAGES_FICHE
from reports.feuilles.selection import places_of
from reports.render.feuilles import Atelier, render_axe, render_classeur, render_fiche
from reports.tree import build_bilan, nodes
from tests import factories as f
from tests.reports.documents.test_render_pdf import ua_failures
from tests.reports.extreme import ARABE, printable_tree, with_fiches
from tests.reports.feuilles_extremes import crowded_tree

pytestmark = [pytest.mark.audit, pytest.mark.django_db]
TODAY = datetime.date(2026, 11, 22)
CONVENTIONS = (
    "quercy-blanc-2020-2024",
    "lalbenque-limogne-2019-2022",
    "vallees-fictives-2024-2028",
)
#: The paper and its margins, in points (static/css/feuilles.css).
A4 = (595.3, 841.9)
DROITE, BAS = 15 / 25.4 * 72, 17 / 25.4 * 72
CORPS_MIN = 9.0


@pytest.fixture
def tree_of(settings, tmp_path):
    """A function that gives the tree of a demonstration, read from its tables."""
    settings.MEDIA_ROOT = tmp_path

    def load(slug) -> nodes.Bilan:
        call_command("import_convention", settings.BASE_DIR / "demo" / slug, verbosity=0)
        return build_bilan(Convention.objects.get(slug=slug), today=TODAY)

    return load


def words_of(content: bytes) -> list[list[tuple[float, float, str]]]:
    """Right end, bottom and text of the words of each page."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    found = re.compile(r'xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
    pages = boxes.split("<page ")[1:]
    return [[(float(x), float(y), text) for x, y, text in found.findall(page)] for page in pages]


def assert_inside(content: bytes, first: int = 0) -> None:
    """No word past the right margin; under the bottom one, the running title alone.

    From the page `first` on: cover and sommaire have other margins.
    """
    for number, words in enumerate(words_of(content)[first:], start=first + 1):
        assert max(x for x, _, _ in words) <= A4[0] - DROITE + 1, number
        last_line = A4[1] - BAS + 1
        between = [text for _, y, text in words if last_line < y < last_line + 9]
        assert not between, (number, between)


def sizes_of(content: bytes) -> set[float]:
    """The sizes that words are drawn in, running titles left out, in points."""
    found: set[float] = set()

    def visit(text, cm, tm, font, size):
        y = tm[5] * cm[3] + cm[5]
        if text.strip() and BAS < y < A4[1] - 19 / 25.4 * 72:
            found.add(round(abs(size * tm[3] * cm[3]), 1))

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=visit)
    return found


def pages_of(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def squeezed(text: str) -> str:
    """Without spaces nor hyphens, which the ends of lines put in."""
    return re.sub(r"[\s\u00a0-]", "", text)


@pytest.mark.parametrize("slug", CONVENTIONS)
def test_binder_of_a_demonstration(tree_of, slug):
    tree = tree_of(slug)
    content = render_classeur(tree)
    assert ua_failures(content) == []
    pages = pages_of(content)
    assert all(page.endswith(f"{rank} / {len(pages)}") for rank, page in enumerate(pages[1:], 2))
    reader = pypdf.PdfReader(io.BytesIO(content))
    starts = {
        name: reader.get_destination_page_number(target)
        for name, target in reader.named_destinations.items()
    }
    assert_inside(content, first=starts[tree.axes[0].ancre])
    for axe in tree.axes:
        places = [axe.ancre, *(fiche.ancre for fiche in axe.fiches)]
        first, *fiches = [starts[name] for name in places]
        assert squeezed(axe.intitule) in squeezed(pages[first])
        assert first + 1 <= fiches[0] <= first + PAGES_AXE
        # Each fiche has one page, right after the one before.
        assert fiches == list(range(fiches[0], fiches[0] + len(fiches)))
        for fiche, start in zip(axe.fiches, fiches, strict=True):
            assert squeezed(fiche.intitule) in squeezed(pages[start])
            for status in (fiche.suivi, fiche.realisation, fiche.objectifs):
                assert squeezed(status.label) in squeezed(pages[start])
    assert len(pages) == max(starts.values()) + 1
    outline = [entry.title for entry in flat(reader.outline)]
    assert len(outline) == len(tree.axes) + len(tree.fiches) + 2


def flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


@pytest.mark.parametrize("slug", CONVENTIONS)
def test_sommaire_of_a_binder_gives_real_page_numbers(tree_of, slug):
    tree = tree_of(slug)
    last = tree.axes[-1]
    pages = pages_of(render_classeur(dataclasses.replace(tree, axes=tree.axes[-1:])))
    fiche = last.fiches[-1]
    title = squeezed(fiche.intitule_court or fiche.intitule)
    # The code is drawn beside the title, and read after it.
    assert f"{title}{fiche.repere}{len(pages)}" in squeezed(" ".join(pages[1:3]))


def test_sheets_of_an_extreme_convention_hold_on_their_paper(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tree = crowded_tree(12)
    atelier = Atelier(tree)
    (axe,) = tree.axes
    sheets = [atelier.axe(axe), atelier.fiche(next(places_of(axe)))]
    assert atelier.count_pages([sheet.dessine(sheet.niveaux - 1) for sheet in sheets]) == [
        PAGES_AXE,
        PAGES_FICHE,
    ]
    for content, paper in ((render_axe(tree, "axe-1"), PAGES_AXE), (render_fiche(tree, 1), 1)):
        assert len(words_of(content)) == paper
        assert_inside(content)
        assert ua_failures(content) == []
        assert min(sizes_of(content)) >= CORPS_MIN
        text = " ".join(pages_of(content))
        assert "dans le bilan et dans le portail" in text
        assert "Textes abrégés pour tenir sur la feuille" in text


def test_empty_fiches_and_axes_print(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    axe = f.AxeFactory(intitule="Un axe vide")
    fiche = f.FicheFactory(axe__convention=axe.convention, intitule=f"Atelier de {ARABE}")
    tree = build_bilan(axe.convention, today=TODAY)
    for content in (render_axe(tree, "axe-1"), render_fiche(tree, fiche.pk)):
        assert len(pages_of(content)) == 1
        assert ua_failures(content) == []
    assert "Aucune fiche action n’est saisie." in pages_of(render_axe(tree, "axe-1"))[0]
    (page,) = pages_of(render_fiche(tree, fiche.pk))
    assert page.count("Non renseigné") == 3
    empty = build_bilan(f.ConventionFactory(), today=TODAY)
    assert "Aucun axe n’est encore saisi." in pages_of(render_classeur(empty))[1]


def test_what_may_not_leave_the_portal_is_on_no_sheet(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fiche = f.FicheFactory(notes_internes="Secret de l’équipe")
    convention = fiche.axe.convention
    f.CommentaireFactory(fiche=fiche, texte="Secret du fil")
    picture = f.DocumentFactory(convention=convention, fiche=fiche, legende="Secret de photo")
    picture.fichier.save("photo.jpg", ContentFile(b"rien"))
    broken = f.DocumentFactory(
        convention=convention, fiche=fiche, legende="Photo illisible", droit_image=True
    )
    broken.fichier.save("cassee.jpg", ContentFile(b"pas une image"))
    tree = build_bilan(convention, today=TODAY)
    for content in (render_fiche(tree, fiche.pk), render_axe(tree, "axe-1"), render_classeur(tree)):
        assert "Secret" not in " ".join(pages_of(content))
        assert not [
            image for page in pypdf.PdfReader(io.BytesIO(content)).pages for image in page.images
        ]


def test_a_photo_is_printed_with_its_words(settings, tmp_path):
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "photo.jpg").parent.mkdir(exist_ok=True)
    Image.new("RGB", (800, 600), "teal").save(tmp_path / "photo.jpg")
    tree = printable_tree()
    photo = nodes.Document("Le jardin", "Commune", "Trois enfants au jardin", image="photo.jpg")
    (fiche,) = tree.fiches
    fiche = dataclasses.replace(
        fiche, pk=1, indicateurs=(), volets=(), documents=(photo,), points_etape=()
    )
    content = render_fiche(with_fiches(tree, [fiche]), 1)
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(page.images) == 1
    assert "Le jardin © Commune" in " ".join(page.extract_text().split())
    assert ua_failures(content) == []


def test_every_level_of_an_axe_can_be_drawn(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tree = crowded_tree(3)
    sheet = Atelier(tree).axe(tree.axes[0])
    sizes = [len(sheet.dessine(level)) for level in range(len(NIVEAUX_AXE))]
    assert sizes == sorted(sizes, reverse=True)
