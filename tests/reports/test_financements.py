"""Money by axe and year in the annexes of a bilan, in each of its forms."""

import io
import json
import re
from decimal import Decimal

import docx
import pytest
from python_calamine import CalamineWorkbook

from actions.enums import NatureFinancement
from reports import canonical
from reports.deck import build_deck
from reports.enums import Detail
from reports.present import tree_of
from reports.render.docx import render_docx
from reports.render.html import render_html
from reports.render.workbook import render_ods, render_xlsx
from reports.tree import build_bilan, compose
from tests import factories as f

from .builders import TODAY

pytestmark = pytest.mark.django_db
TITRE = "Financements, par axe et par année"
PREVU, OBTENU = NatureFinancement.PREVU, NatureFinancement.OBTENU


@pytest.fixture
def convention():
    """Two axes: one with two years and two natures, the other with an amount that is unknown."""
    found = f.ConventionFactory(libelle_axe="Axe")
    first = f.FicheFactory(axe__convention=found, axe__numero="1", axe__intitule="Petite enfance")
    other = f.FicheFactory(axe=first.axe)
    second = f.FicheFactory(axe__convention=found, axe__numero="2", axe__intitule="Jeunesse")
    for fiche, montant, annee, nature in (
        (first, "1500", 2023, PREVU),
        (other, "2500.50", 2023, PREVU),
        (other, "900", 2024, OBTENU),
        (second, "400", None, PREVU),
        (second, None, 2024, PREVU),
    ):
        f.FinancementFactory(fiche=fiche, montant=montant, annee=annee, nature=nature)
    return found


@pytest.fixture
def tree(convention):
    return build_bilan(convention, today=TODAY)


def test_amounts_are_summed_by_axe_year_and_nature_never_across_natures(tree):
    totaux = tree.financements
    assert totaux.colonnes == ("Prévu", "Obtenu")
    assert tuple((*row.reperes, row.montants) for row in totaux.rangees) == (
        ("Axe 1. Petite enfance", "2023", (Decimal("4000.50"), None)),
        ("", "2024", (None, Decimal(900))),
        ("", "Total", (Decimal("4000.50"), Decimal(900))),
        ("Axe 2. Jeunesse", "2024", (None, None)),
        ("", "Année non renseignée", (Decimal(400), None)),
        ("", "Total", (Decimal(400), None)),
        ("Tous les axes", "Total", (Decimal("4400.50"), Decimal(900))),
    )
    assert totaux.phrase == "1\u00a0montant n’est pas renseigné et ne compte pas dans ces totaux."


def test_without_an_amount_nothing_is_printed():
    fiche = f.FicheFactory()
    f.FinancementFactory(fiche=fiche, montant=None)
    tree = build_bilan(fiche.axe.convention, today=TODAY)
    assert not tree.financements
    assert TITRE not in render_html(tree)
    assert TITRE not in "".join(one.text for one in document(tree).paragraphs)
    assert TITRE not in {slide.titre for slide in build_deck(tree).diapositives}
    assert "Financements par axe" not in sheets(render_xlsx(tree))


def document(tree):
    return docx.Document(io.BytesIO(render_docx(tree)))


def sheets(content: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names


def test_the_page_has_a_captioned_table_with_its_totals(tree):
    page = re.sub(r"\s+", " ", render_html(tree).replace("\u00a0", " "))
    table = re.search(rf"<caption[^>]*>{TITRE}</caption>.*?</table>", page)[0]
    words = re.sub(r"<[^>]+>", " ", table).split()
    assert "4 000,50 €" in table
    assert table.count('scope="row"') == 7
    assert words[-6:] == ["Total", "4", "400,50", "€", "900", "€"]
    assert "1 montant n’est pas renseigné" in page


def test_word_deck_and_workbooks_hold_the_same_amounts(tree):
    word = next(
        found
        for found in document(tree).tables
        if found.cell(0, 1).text == "Année" and found.cell(0, 2).text == "Prévu"
    )
    assert word.cell(1, 0).text == "Axe 1. Petite enfance"
    assert [cell.text for cell in word.rows[-1].cells] == [
        "Tous les axes",
        "Total",
        "4\u00a0400,50\u00a0€",
        "900\u00a0€",
    ]
    (slide,) = [one for one in build_deck(tree).diapositives if one.titre == TITRE]
    assert [cell.texte for cell in slide.lignes[0]] == [
        "Axe 1. Petite enfance",
        "2023",
        "4\u00a0000,50\u00a0€",
        "–",
    ]
    assert slide.notes == (tree.financements.phrase,)
    for content in (render_xlsx(tree), render_ods(tree)):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_name("Financements par axe").to_python()
        assert ["Axe 1. Petite enfance", 2023, 4000.5, ""] in rows
        assert any(tree.financements.phrase in map(str, row) for row in rows)


@pytest.mark.parametrize("detail", Detail.values)
def test_every_level_of_detail_sums_up_and_the_complete_one_alone_tells_each_line(
    convention, detail
):
    draft = f.BilanFactory(convention=convention, detail=detail)
    tree = tree_of(draft, today=TODAY)
    assert tree.financements.ensemble == (Decimal("4400.50"), Decimal(900))
    assert bool(tree.fiches[0].financements) == (detail == Detail.COMPLET)
    assert tree.financements.titre in render_html(tree)
    assert tree.financements.avec_annees == (detail != Detail.SYNTHESE)
    # As it travels to whoever draws it, composed once more.
    written = canonical.write(tree)
    again = compose(canonical.read(written.texte, written.personnes))
    assert again.financements == tree.financements


def test_an_axe_that_is_left_out_and_annexes_that_are_not_wanted_are_not_summed(convention):
    draft = f.BilanFactory(convention=convention)
    draft.axes.set(convention.axes.filter(numero="2"))
    assert tree_of(draft, today=TODAY).financements.ensemble == (Decimal(400),)
    draft.sections = "cadrage, axes"
    assert not tree_of(draft, today=TODAY).financements


def test_what_is_frozen_says_nothing_of_the_totals(convention):
    """They are counted again from its lines: the texts frozen before there were any stay valid."""
    frozen = f.arrete_of(convention)
    assert "totaux" not in json.loads(frozen.arbre)
    assert frozen.tree.financements.ensemble == (Decimal("4400.50"), Decimal(900))
