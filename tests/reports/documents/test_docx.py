"""The Word document, read again: its structure, its words, and what hard texts make of it."""

import dataclasses
import io
import re
import uuid
import zipfile
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import etree
from python_calamine import CalamineWorkbook

from actions.enums import Realisation
from ctg_portal.lib.periodes import parse_periode
from reports.enums import Detail
from reports.render.docx import render_docx
from reports.render.docx.cut_fonts import cut
from reports.render.docx.fonts import COUPES
from reports.render.docx.markup import clean
from reports.render.docx.styles import PUCES
from reports.render.docx.tables import Line, text_cell, together
from reports.sigles import texts_of
from reports.tree import build_bilan, compose
from reports.tree.nodes import Composition, Texte
from tests import factories as f

from ..builders import TODAY, full_convention
from ..extreme import (
    CONTROLES,
    TEXTE_6000,
    WANTED,
    extreme_tree,
    large_tree,
    printable_tree,
    with_fiches,
)
from ..photos import give_unshowable_photos, picture

# Said by an icon, by an attribute, or only when there is nothing better to say.
NOT_IN_WORDS = {
    "alt",
    "ancre",
    "apres",
    "borne",
    "fichier",
    "image",
    "logo",
    "mot_action",
    "sens",
}


def opened(tree):
    return Document(io.BytesIO(render_docx(tree)))


def package(tree) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render_docx(tree)))


def words(element) -> str:
    """The words of a part, one line per paragraph, spaces made even."""
    lines = []
    for paragraph in element.iter(qn("w:p")):
        pieces = [
            "\n" if node.tag == qn("w:br") else node.text or ""
            for node in paragraph.iter(qn("w:t"), qn("w:br"))
        ]
        lines.append("".join(pieces))
    return even("\n".join(lines))


def even(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def all_words(document) -> str:
    parts = [document.element, *(section.footer._element for section in document.sections)]
    return " ".join(map(words, parts))


def outline(document) -> list[tuple[int, str]]:
    """Level, from 1, and text of each heading, whatever its style."""
    found = []
    for paragraph in document.paragraphs:
        level = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            found.append((int(level.get(qn("w:val"))) + 1, paragraph.text))
    return found


@pytest.fixture(scope="module")
def printable():
    return opened(printable_tree())


@pytest.fixture(scope="module")
def document(pays_test):
    return opened(pays_test)


@pytest.fixture
def convention(db):
    return full_convention(1, nom="CTG du pays test", territoire="Pays test")


def docx_of(convention):
    return opened(build_bilan(convention, None, today=TODAY))


def test_everything_that_may_be_printed_is_there(printable):
    found = all_words(printable)
    missing = {
        text
        for text in texts_of(printable_tree())
        if " : « dit » par" in text and even(clean(text)) not in found
    }
    names = {text.split(" : ")[0].replace(" ", "_") for text in missing}
    assert names <= NOT_IN_WORDS


def test_headings_never_skip_a_level(document):
    levels = [level for level, _ in outline(document)]
    assert levels[0] == 1
    assert max(levels) == 4
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps) == 1


def test_sommaire_is_a_field_filled_with_the_headings(document):
    entries = [p for p in document.paragraphs if re.fullmatch(r"toc \d", p.style.name)]
    headings = [
        (int(p.style.name[-1]), p.text)
        for p in document.paragraphs
        if re.fullmatch(r"Heading [123]", p.style.name)
    ]
    shown = [
        (int(p.style.name[-1]), "".join(run.text for run in p.hyperlinks[0].runs).strip())
        for p in entries
    ]
    assert shown == headings
    codes = "".join(node.text for node in document.element.iter(qn("w:instrText")))
    assert 'TOC \\o "1-3"' in codes
    bookmarks = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
    assert {entry.hyperlinks[0].fragment for entry in entries} == bookmarks
    assert set(re.findall(r"PAGEREF (\w+)", codes)) == bookmarks


def test_fields_are_balanced(printable):
    kinds = [node.get(qn("w:fldCharType")) for node in printable.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 3


def test_names_of_bookmarks_and_numbers_of_drawings_are_given_once(document):
    body = document.element
    for tag, name in (("w:bookmarkStart", "w:name"), ("w:bookmarkStart", "w:id")):
        found = [node.get(qn(name)) for node in body.iter(qn(tag))]
        assert len(found) == len(set(found)) > 3
    drawings = [node.get("id") for node in body.iter(qn("wp:docPr"))]
    assert len(drawings) == len(set(drawings)) > 3


def test_tables_have_a_style_a_name_and_a_heading_that_repeats(document):
    tables = document.tables
    assert len(tables) > 10
    for table in tables:
        assert table.style.name in {"Tableau CTG", "Tableau sans filet"}
        assert table._tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        first, *others = table._tbl.tr_lst
        is_headed = first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        names = [cell.text for cell in table.rows[0].cells]
        assert is_headed == (table.rows[0].cells[0].paragraphs[0].style.style_id == "Colonne")
        assert not is_headed or all(names)
        for row in others:
            assert row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None


def test_rows_are_not_cut_unless_they_are_longer_than_a_page(convention):
    fiche = convention.axes.first().fiches.first()
    fiche.analyse_ecarts, fiche.dans_synthese = TEXTE_6000, True
    fiche.save()
    rows = [row for table in docx_of(convention).tables for row in table._tbl.tr_lst]
    cut = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None]
    assert len(cut) == 1
    assert TEXTE_6000[:40] in "".join(node.text for node in cut[0].iter(qn("w:t")))


def test_each_drawing_is_described_or_passed_over(convention, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fiche = convention.axes.first().fiches.first()
    document = f.DocumentFactory(
        convention=convention, fiche=fiche, droit_image=True, alt="Un lac", legende="Le lac"
    )
    document.fichier.save("lac.png", ContentFile(picture(60, 40, "PNG")))
    drawings = list(docx_of(convention).element.iter(qn("wp:docPr")))
    decorations = [d for d in drawings if d.find(".//{*}decorative") is not None]
    assert all(not d.get("descr") for d in decorations)
    described = [d.get("descr") for d in drawings if d not in decorations]
    assert all(described)
    assert "Un lac" in described
    assert any(text.startswith("Réalisation : ") for text in described)
    # The icon of a status stands before its words.
    assert 2 < len(described) < len(decorations)


def test_captions_are_numbered_by_fields(convention, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for rank in range(2):
        document = f.DocumentFactory(
            convention=convention, droit_image=True, legende=f"Photo {rank}", credit="Mairie"
        )
        document.fichier.save(f"lac{rank}.png", ContentFile(picture(60, 40, "PNG")))
    body = docx_of(convention).element
    captions = [
        words(p)
        for p in body.iter(qn("w:p"))
        if p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None
        and p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) == "Caption"
    ]
    assert "" not in captions
    found = " ".join(re.sub(r" +", "", even(words(p))) for p in body.iter(qn("w:p")))
    assert "photo1.photo0©mairie" in found
    assert "photo2.photo1©mairie" in found
    codes = "".join(node.text for node in body.iter(qn("w:instrText")))
    assert "SEQ Photo" in codes
    assert "SEQ Tableau" in codes


def test_pages_are_a4_with_running_titles_and_numbers(document):
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    cover, *parts = document.sections
    assert cover.header._element.findall(".//" + qn("w:t")) == []
    titles = {words(section.header._element) for section in parts}
    assert any("annexes" in title for title in titles)
    assert all(title.startswith("bilan des actions") for title in titles)
    for section in parts:
        codes = "".join(n.text for n in section.footer._element.iter(qn("w:instrText")))
        assert "PAGE" in codes
        assert "NUMPAGES" in codes


def test_file_says_its_title_its_author_and_its_language(document):
    facts = document.core_properties
    assert facts.title == "Bilan des actions 2020-2024 – CTG Pays test"
    assert (facts.author, facts.language) == ("Pays test", "fr-FR")
    assert facts.created.date() == TODAY
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fr-FR"


def test_statuses_are_words(convention):
    fiche = convention.axes.first().fiches.first()
    fiche.realisation = Realisation.PARTIELLEMENT
    fiche.save()
    found = all_words(docx_of(convention))
    assert "partiellement réalisée" in found
    assert "non renseigné" in found


def test_typed_marks_become_real_lists_links_and_tables(convention):
    fiche = convention.axes.first().fiches.first()
    fiche.contexte = (
        "Un **mot fort** et un *mot penché*.\n\n- puce\n  - puce dedans\n\n1. un\n2. deux\n\n"
        "[Un site](https://exemple.fr/a?b=1&c=2)\n\n| Âge | Prix |\n|---|---|\n| 3 ans | 5 € |"
    )
    fiche.public = "1. autre liste"
    fiche.save()
    document = docx_of(convention)
    runs = {run.text: run for p in document.paragraphs for run in p.runs}
    assert runs["mot fort"].bold
    assert runs["mot penché"].italic
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["puce"] == "List Bullet"
    assert styles["puce dedans"] == "List Bullet 2"
    assert styles["un"] == "List Number"
    numbers = {
        p.text: p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None
    }
    assert numbers["un"] == numbers["deux"] != numbers["autre liste"]
    links = {link.text: link.url for p in document.paragraphs for link in p.hyperlinks}
    assert links["Un site"] == "https://exemple.fr/a?b=1&c=2"
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Âge", "3 ans"} <= cells


def test_a_numbered_list_starts_where_it_was_typed_to_start(convention):
    fiche = convention.axes.first().fiches.first()
    fiche.contexte = (
        "3. trois\n4. quatre\n\nUn paragraphe entre deux.\n\n5. cinq\n\n"
        "- puce\n\n  7. sept\n\n1. un"
    )
    fiche.save()
    document = docx_of(convention)
    places = {
        paragraph.text: paragraph._p.pPr.numPr
        for paragraph in document.paragraphs
        if paragraph._p.pPr.numPr is not None
    }
    starts = {
        (number.get(qn("w:numId")), override.get(qn("w:ilvl"))): override.find(
            qn("w:startOverride")
        ).get(qn("w:val"))
        for number in document.part.numbering_part.element.findall(qn("w:num"))
        for override in number.findall(qn("w:lvlOverride"))
    }
    found = {
        text: starts[str(place.numId.val), str(place.ilvl.val)]
        for text, place in places.items()
        if text in {"trois", "quatre", "cinq", "sept", "un"}
    }
    assert found == {"trois": "3", "quatre": "3", "cinq": "5", "sept": "7", "un": "1"}
    assert places["trois"].numId.val == places["quatre"].numId.val != places["cinq"].numId.val
    assert places["sept"].ilvl.val == 1


def test_a_synthese_puts_its_points_side_by_side_and_follows_the_sommaire():
    tree = compose(
        dataclasses.replace(printable_tree(), composition=Composition(detail=Detail.SYNTHESE))
    )
    document = opened(tree)
    points = next(
        table for table in document.tables if table.cell(0, 0).text.startswith("Points forts")
    )
    titles = [cell.text for cell in points.rows[0].cells]
    assert titles == ["Points forts 2023", "Points faibles 2023", "Perspectives 2024"]
    first = points.cell(1, 0).paragraphs[0]
    assert first.text
    # A bullet of its own: the style alone draws none in a cell.
    assert first._p.pPr.numPr.numId.val == PUCES
    # The cover, then everything else: nothing begins a page.
    assert len(document.sections) == 2


def test_markup_typed_by_somebody_stays_text(convention):
    fiche = convention.axes.first().fiches.first()
    fiche.intitule = "<w:p>&amp;</w:p> ]]> <script>"
    fiche.save()
    assert "<w:p>&amp;</w:p> ]]> <script>" in all_words(docx_of(convention))


def test_charts_are_native_and_hold_their_figures(convention):
    fiche = convention.axes.first().fiches.first()
    serie = f.IndicateurFactory(
        convention=convention, fiche=fiche, intitule="Heures", unite="h", cible=40
    )
    for periode, valeur, is_forecast in (
        ("2019", 12, False),
        ("2021", 30, False),
        ("2022", 35, True),
    ):
        f.ValeurFactory(
            indicateur=serie,
            periode=parse_periode(periode),
            valeur=valeur,
            previsionnelle=is_forecast,
        )
    file = zipfile.ZipFile(io.BytesIO(render_docx(build_bilan(convention, None, today=TODAY))))
    names = [name for name in file.namelist() if name.startswith("word/charts/chart")]
    charts = [etree.fromstring(file.read(name)) for name in names]
    (chart,) = [c for c in charts if "Prévisions" in c.xpath("//*[local-name()='v']/text()")]
    texts = chart.xpath("//*[local-name()='cat'][1]//*[local-name()='v']/text()")
    assert texts[:4] == ["2019", "2020 non renseigné", "2021", "2022"]
    number = names[charts.index(chart)].removeprefix("word/charts/chart").removesuffix(".xml")
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(file.read(f"word/embeddings/Feuille{number}.xlsx"))
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["", "Valeurs", "Prévisions", "Cible : 40"]
    assert rows[1:] == [
        ["2019", 12.0, "", 40.0],
        ["2020 non renseigné", "", "", 40.0],
        ["2021", 30.0, 30.0, 40.0],
        ["2022", "", 35.0, 40.0],
    ]


def test_embedded_fonts_are_the_portals_own():
    file = package(printable_tree())
    table = etree.fromstring(file.read("word/fontTable.xml"))
    rels = etree.fromstring(file.read("word/_rels/fontTable.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target") for rel in rels}
    families = set()
    for place in table.iter("{*}embedRegular", "{*}embedBold"):
        scrambled = file.read(f"word/{targets[place.get(qn('r:id'))]}")
        key = uuid.UUID(place.get(qn("w:fontKey"))).bytes[::-1]
        head = bytes(byte ^ key[rank % 16] for rank, byte in enumerate(scrambled[:32]))
        font = TTFont(io.BytesIO(head + scrambled[32:]))
        assert "fvar" not in font
        assert font["name"].getDebugName(1) == place.getparent().get(qn("w:name"))
        families.add((font["name"].getDebugName(1), font["name"].getDebugName(2)))
    assert len(families) == 3


@pytest.mark.parametrize("coupe", COUPES, ids=lambda coupe: str(coupe.weight))
def test_kept_weights_are_cut_out_of_the_font_of_the_site(coupe):
    assert coupe.fichier.read_bytes() == cut(coupe), "tapez : manage.py couper_polices"


def test_every_part_of_the_file_is_well_formed():
    file = package(extreme_tree())
    assert file.testzip() is None
    for name in file.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(file.read(name))


@pytest.mark.parametrize(
    "text", WANTED, ids=["titre", "mot", "cellule", "emoji", "arabe", "formule"]
)
def test_no_text_is_too_hard(text):
    assert even(text) in all_words(opened(extreme_tree()))


def test_control_signs_are_left_out():
    found = all_words(opened(extreme_tree()))
    assert "avantaprèsfin" in found
    assert CONTROLES not in found


def test_running_title_is_cut_where_the_title_is_longer_than_the_page():
    tree = extreme_tree()
    long = dataclasses.replace(tree.axes[0], intitule="Long " * 80, intitule_court="")
    document = opened(dataclasses.replace(tree, axes=(long,)))
    lines = [words(section.header._element) for section in document.sections]
    assert max(map(len, lines)) < 130


def test_empty_convention_says_what_is_not_known(db):
    convention = f.ConventionFactory(nom="CTG vide", debut=None, fin=None, signature=None)
    document = docx_of(convention)
    found = all_words(document)
    assert "ctg vide" in found
    assert "date non renseignée" in found
    assert [text for level, text in outline(document) if level == 1] == [
        "Cadrage et chiffres clés",
        "Annexes",
    ]


def test_axe_without_fiche_says_so(db):
    axe = f.AxeFactory(numero="1", intitule="Axe seul")
    found = all_words(docx_of(axe.convention))
    assert "aucune fiche action n’est saisie" in found


def test_twelve_axes_and_three_hundred_fiches_are_all_there():
    document = opened(large_tree(12, 25))
    headings = {text for _, text in outline(document)}
    for axe in range(1, 13):
        for rank in range(1, 26):
            assert f"{axe}.{rank} Fiche {rank} de l’axe {axe}" in headings


def test_the_rows_of_a_short_table_stay_on_one_page(convention):
    fiche = convention.axes.first().fiches.first()
    f.FinancementFactory.create_batch(3, fiche=fiche, montant=100, nature="verse")
    (rows,) = (
        table.rows
        for table in docx_of(convention).tables
        if table.cell(0, 0).text == "Financeur et objet"
    )
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    assert [row.cells[0].text for row in rows][-1] == "Total des montants connus, versé"
    assert kept == [*[True] * (len(kept) - 1), None]


def test_a_long_table_keeps_its_last_row_with_the_one_before():
    lines = [Line((text_cell(str(rank)),)) for rank in range(20)]
    assert [line.with_next for line in together(lines)] == [*[False] * 18, True, False]


def test_lost_or_broken_picture_leaves_its_caption(convention, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    give_unshowable_photos(convention.axes.first().fiches.first())
    convention.logo = "logos/perdu.png"
    convention.save()
    document = docx_of(convention)
    found = all_words(document)
    assert "image abîmée (image non reproduite)" in found
    assert "image perdue (image non reproduite)" in found
    assert not [
        d for d in document.element.iter(qn("wp:docPr")) if d.get("descr", "").startswith("Logo")
    ]


def test_results_of_several_lines_keep_them():
    tree = printable_tree()
    fiche = tree.axes[0].fiches[0]
    resultat = dataclasses.replace(fiche.resultats[0], texte="Une ligne\nUne autre")
    tree = with_fiches(
        tree, [dataclasses.replace(fiche, resultats=(resultat,), contexte=Texte("a\nb"))]
    )
    document = opened(tree)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert any("Une ligne\nUne autre" in text for text in cells)
    assert "a\nb" in {p.text for p in document.paragraphs}
