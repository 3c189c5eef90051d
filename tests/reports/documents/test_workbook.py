"""The workbooks, read again: sheets, types, and what hard texts make of them."""

import dataclasses
import datetime
import io
import re
import zipfile
from decimal import Decimal

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from actions.enums import NatureFinancement, Realisation
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from reports.render.workbook import render_ods, render_xlsx
from reports.render.workbook.model import SIGNES_MAX, exact_date
from reports.render.workbook.sheets import sheets_of
from reports.sigles import texts_of
from reports.tree import build_bilan
from reports.tree.nodes import Texte
from tests import factories as f

from ..builders import TODAY, full_convention
from ..extreme import (
    CONTROLES,
    FORMULES,
    WANTED,
    WANTED_NAMES,
    extreme_tree,
    large_tree,
    printable_tree,
    with_fiches,
)

RENDERERS = {"xlsx": render_xlsx, "ods": render_ods}
SHEETS = [
    "Synthèse",
    "Convention",
    "Synthèse par axe",
    "Fiches",
    "Résultats attendus",
    "Volets",
    "Réalisations",
    "Points d’étape",
    "Financements",
    "Partenaires",
    "Documents",
    "Indicateurs",
    "Valeurs",
    "Points de l’année",
    "Réunions",
    "Participants",
    "Décisions",
    "Instances",
    "Calendrier",
    "Signataires",
]
# Told by an icon or an address, or computed beside.
NOT_IN_WORDS = {
    "alt",
    "ancre",
    "apres",
    "borne",
    "image",
    "logo",
    "mot_action",
    "notes",
    "sens",
    "totaux",
}
NS = {
    "m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}

pytestmark = pytest.mark.parametrize("fmt", RENDERERS)


def reread(fmt, tree) -> dict[str, list[list]]:
    """The sheets, by name, as rows of values."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(RENDERERS[fmt](tree)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def records(rows: list[list]) -> list[dict]:
    """The rows of a sheet without preface, by column title."""
    titles, *others = rows
    return [dict(zip(titles, row, strict=True)) for row in others]


def even(text) -> str:
    return re.sub(r"\s+", " ", str(text))


def all_words(sheets) -> str:
    return even(" ¦ ".join(str(v) for rows in sheets.values() for row in rows for v in row))


@pytest.fixture
def convention(db):
    return full_convention(1, nom="CTG du pays test", territoire="Pays test")


def tree_of(convention):
    return build_bilan(convention, None, today=TODAY)


def test_one_sheet_per_table_that_has_rows(fmt, pays_test):
    names = [name for name in reread(fmt, pays_test) if name != "Graphiques"]
    assert names[: len(SHEETS)] == SHEETS
    assert set(names[len(SHEETS) :]) <= {
        "Chiffres qui diffèrent",
        "Financements par axe",
        "Sigles",
    }


def test_everything_that_may_be_printed_is_there(fmt):
    tree = printable_tree()
    found = all_words(reread(fmt, tree)).casefold()
    missing = {
        text
        for text in texts_of(tree)
        if " : « dit » par" in text and even(text).casefold() not in found
    }
    assert {text.split(" : ")[0].replace(" ", "_") for text in missing} <= NOT_IN_WORDS


def test_counts_of_the_synthesis_are_those_of_the_tree(fmt, pays_test):
    rows = reread(fmt, pays_test)["Synthèse"]
    assert rows[0][0] == "Bilan des actions 2020-2024"
    figures = {row[1]: row[0] for row in rows[4:8]}
    assert figures["Fiches actions"] == pays_test.comptes.fiches == 8
    start = next(rank for rank, row in enumerate(rows) if row[1] == "Intitulé")
    table = records(rows[start:])
    assert [row["Fiches"] for row in table] == [axe.comptes.fiches for axe in pays_test.axes]
    assert all(isinstance(row["Fiches"], (int, float)) for row in table)


def test_cells_have_the_type_of_what_they_hold(fmt, convention):
    fiche = convention.axes.first().fiches.first()
    fiche.realisation = Realisation.PARTIELLEMENT
    fiche.debut, fiche.fin = parse_date("9 octobre 2023"), parse_date("juin 2024")
    fiche.code = "1.10"
    fiche.save()
    f.FinancementFactory(
        fiche=fiche,
        financeur="Caf test",
        montant=Decimal("1234.50"),
        annee=2023,
        nature=NatureFinancement.VERSE,
    )
    f.FinancementFactory(fiche=fiche, financeur="Caf sans montant", montant=None)
    sheets = reread(fmt, tree_of(convention))
    row = next(r for r in records(sheets["Fiches"]) if r["Fiche"] == fiche.intitule)
    assert row["Début"] == datetime.date(2023, 10, 9)
    assert row["Fin"] == "juin 2024"
    assert row["Réalisation"] == "Partiellement réalisée"
    assert isinstance(row["Code"], str)
    money = {r["Financeur"]: r for r in records(sheets["Financements"])}
    assert money["Caf test"]["Montant"] == 1234.5
    assert money["Caf test"]["Année"] == 2023
    assert money["Caf sans montant"]["Montant"] == ""
    assert money["Caf sans montant"]["Remarque"] == "montant non renseigné"


def test_values_of_indicators_stand_in_a_wide_and_in_a_long_table(fmt, convention):
    indicateur = f.IndicateurFactory(convention=convention, intitule="Heures", unite="h", cible=40)
    for periode, values in {
        "2019": {"valeur": 12},
        "2021": {"valeur": 30, "partielle": True, "note": "six semaines de fermeture"},
        "2022": {"valeur": 50, "borne": "plus_de"},
        "2023": {"valeur": 60, "previsionnelle": True},
    }.items():
        f.ValeurFactory(indicateur=indicateur, periode=parse_periode(periode), **values)
    sheets = reread(fmt, tree_of(convention))
    wide = next(r for r in records(sheets["Indicateurs"]) if r["Indicateur"] == "Heures")
    assert (wide["2019"], wide["2021"], wide["2023 (prév.)"], wide["Cible"]) == (12, 30, 60, 40)
    assert wide["2022"] == "plus de 50"
    assert (wide["Évolution"], wide["Évolution en %"]) == (18, 1.5)
    long = [r for r in records(sheets["Valeurs"]) if r["Indicateur"] == "Heures"]
    assert [r["Période"] for r in long] == ["2019", "2020", "2021", "2022", "2023"]
    assert [r["Valeur"] for r in long] == [12, "", 30, 50, ""]
    assert [r["Prévision"] for r in long] == ["", "", "", "", 60]
    assert long[1]["En mots"] == "non renseigné"
    assert long[3]["En mots"] == "plus de 50"
    assert (long[2]["Période partielle"], long[2]["Note"]) == ("oui", "six semaines de fermeture")


@pytest.mark.parametrize("text", WANTED, ids=WANTED_NAMES)
def test_no_text_is_too_hard(fmt, text):
    assert even(text) in all_words(reread(fmt, extreme_tree()))


def test_text_longer_than_a_cell_goes_on_below(fmt):
    tree = printable_tree()
    text = "".join(f"{number:06d} " for number in range(10_000)).strip()
    fiche = dataclasses.replace(tree.axes[0].fiches[0], contexte=Texte(text))
    rows = records(reread(fmt, with_fiches(tree, [fiche]))["Fiches"])
    parts = [row["Contexte"] for row in rows]
    assert "".join(parts) == text
    assert all(len(part) <= SIGNES_MAX for part in parts)


def test_control_signs_are_left_out(fmt):
    found = all_words(reread(fmt, extreme_tree()))
    assert "avantaprèsfin" in found
    assert CONTROLES not in found


def test_empty_convention_opens(fmt, db):
    convention = f.ConventionFactory(nom="CTG vide", debut=None, fin=None, signature=None)
    sheets = reread(fmt, tree_of(convention))
    assert list(sheets)[:2] == ["Synthèse", "Convention"]
    assert "CTG vide" in all_words(sheets)


def test_twelve_axes_and_three_hundred_fiches_are_all_there(fmt):
    rows = records(reread(fmt, large_tree(12, 25))["Fiches"])
    assert len(rows) == 300
    assert rows[-1]["Fiche"] == "Fiche 25 de l’axe 12"


def test_no_text_becomes_a_formula(fmt):
    content = RENDERERS[fmt](extreme_tree())
    file = zipfile.ZipFile(io.BytesIO(content))
    found = all_words(reread(fmt, extreme_tree()))
    assert all(even(text).strip() in found for text in FORMULES)
    if fmt == "ods":
        page = etree.fromstring(file.read("content.xml"))
        assert page.xpath("//@table:formula", namespaces=NS) == []
        return
    for name in file.namelist():
        if name.startswith("xl/worksheets/sheet"):
            page = etree.fromstring(file.read(name))
            assert page.findall(".//m:f", NS) == []
            assert page.findall(".//m:hyperlink", NS) == []


def test_headings_stay_in_sight_and_filter(fmt, pays_test):
    file = zipfile.ZipFile(io.BytesIO(RENDERERS[fmt](pays_test)))
    count = len(sheets_of(pays_test))
    if fmt == "ods":
        page = etree.fromstring(file.read("content.xml"))
        assert len(page.xpath("//table:table-header-rows", namespaces=NS)) == count
        assert len(page.xpath("//table:database-range", namespaces=NS)) == count
        settings = etree.fromstring(file.read("settings.xml"))
        frozen = settings.xpath("//*[@config:name='VerticalSplitMode']/text()", namespaces=NS)
        assert frozen == ["2"] * count
        return
    pages = [
        etree.fromstring(file.read(name))
        for name in file.namelist()
        if name.startswith("xl/worksheets/sheet")
    ]
    tables = [page for page in pages if page.find("m:autoFilter", NS) is not None]
    assert len(tables) == count
    for page in tables:
        assert page.find(".//m:pane", NS).get("state") == "frozen"
        assert page.find("m:pageSetup", NS).get("fitToHeight") == "0"
    book = etree.fromstring(file.read("xl/workbook.xml"))
    names = [node.get("name") for node in book.iter("{*}definedName")]
    assert names.count("_xlnm.Print_Titles") == count
    assert names.count("_xlnm.Print_Area") >= count


def test_file_says_its_title_and_its_author(fmt, pays_test):
    file = zipfile.ZipFile(io.BytesIO(RENDERERS[fmt](pays_test)))
    facts = file.read("docProps/core.xml" if fmt == "xlsx" else "meta.xml").decode()
    assert "Bilan des actions 2020-2024 – CTG Pays test" in facts
    assert ">Pays test<" in facts


def test_dates_are_typed_only_when_they_name_one_day(fmt):
    assert exact_date("9\u00a0octobre 2023") == datetime.date(2023, 10, 9)
    for words in ("octobre 2023", "2023", "du 23 au 27\u00a0août 2021", "été 2020", ""):
        assert exact_date(words) == words
