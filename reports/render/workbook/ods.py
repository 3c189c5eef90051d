"""Sheets as a workbook of LibreOffice.

Tables are written as text and parsed once: cell objects take minutes where this takes seconds.
"""

import datetime
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from ctg_portal.lib.icones import COULEURS
from indicators.charts.svg import ENCRE, ENCRE_2, FILET, teintes_of

from ...tree import Bilan
from ...tree.nodes import Statut
from .model import Column, Kind, Sheet, Value, clean, continued
from .ods_settings import set_frozen_headings, set_paper

#: Width of a sign of 10 points, in millimetres.
SIGNE = 1.9


def write_ods(sheets: Sequence[Sheet], tree: Bilan) -> bytes:
    """The file, as bytes. Every text is written as a text, whatever it begins with."""
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for style in _styles(sheets, tree.convention.couleur):
        document.insert_style(odfdo.Element.from_tag(style), automatic=True)
    for rank, sheet in enumerate(sheets):
        document.body.append(odfdo.Element.from_tag(_table(sheet, rank)))
    document.body.append(odfdo.Element.from_tag(_filters(sheets)))
    set_frozen_headings(document, sheets)
    set_paper(document)
    _describe(document, tree)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document, tree: Bilan) -> None:
    moment = datetime.datetime.combine(tree.edite_le, datetime.time())
    meta = document.meta
    meta.title = clean(f"{tree.titre} – CTG {tree.convention.territoire}")
    meta.subject = clean(tree.convention.nom)
    meta.creator = meta.initial_creator = clean(tree.convention.territoire)
    meta.language = "fr-FR"
    meta.creation_date = meta.date = moment


# --- Tables ---


def _table(sheet: Sheet, rank: int) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="co{rank}-{place}"/>'
        for place in range(len(sheet.columns))
    )
    preface = "".join(
        _row(values, sheet.columns, "titre" if line == 0 else "preface")
        for line, values in enumerate(sheet.preface)
    )
    if preface:
        preface += "<table:table-row><table:table-cell/></table:table-row>"
    heading = _row([column.title for column in sheet.columns], sheet.columns, "colonne")
    body = "".join(_row(values, sheet.columns) for values in continued(sheet.rows))
    return (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="feuille">{columns}'
        f"{preface}<table:table-header-rows>{heading}</table:table-header-rows>{body}</table:table>"
    )


def _row(values: Sequence[Value], columns: Sequence[Column], style: str = "") -> str:
    cells = "".join(_cell(value, columns[place].kind, style) for place, value in enumerate(values))
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(value: Value, kind: Kind, style: str) -> str:
    if value is None or value == "":
        return f'<table:table-cell table:style-name="{style or "texte"}"/>'
    if isinstance(value, Statut):
        return _text_cell(value.label, style or f"statut-{value.ton}")
    if isinstance(value, datetime.date):
        return _typed_cell("date", f'office:date-value="{value.isoformat()}"', style or "date")
    if isinstance(value, (int, Decimal)):
        return _number_cell(value, kind, style)
    return _text_cell(clean(value), style or "texte")


def _text_cell(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return (
        f'<table:table-cell office:value-type="string" table:style-name="{style}">{lines}'
        "</table:table-cell>"
    )


def _spaced(line: str) -> str:
    """ODF folds spaces and tabs as HTML does: they have their own elements."""
    text = escape(line).replace("\t", "<text:tab/>")
    return text.replace("  ", ' <text:s text:c="1"/>')


def _number_cell(value: int | Decimal, kind: Kind, style: str) -> str:
    shown = f'office:value="{value}"'
    if style:
        return _typed_cell("float", shown, f"{style}-nombre")
    if kind is Kind.PERCENT:
        return _typed_cell("percentage", shown, "pourcentage")
    if kind is Kind.EUROS:
        cents = "2" if value != int(value) else "0"
        return _typed_cell("currency", f'office:currency="EUR" {shown}', f"euros{cents}")
    if kind is Kind.INTEGER:
        return _typed_cell("float", shown, "entier")
    decimals = max(0, -value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return _typed_cell("float", shown, f"nombre{min(decimals, 4)}")


def _typed_cell(kind: str, value: str, style: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value} table:style-name="{style}"/>'


def _filters(sheets: Sequence[Sheet]) -> str:
    """The drop-down lists of the column titles."""
    ranges = "".join(
        f'<table:database-range table:name="filtre{rank}" table:display-filter-buttons="true"'
        f" table:target-range-address={quoteattr(_address(sheet))}/>"
        for rank, sheet in enumerate(sheets)
    )
    return f"<table:database-ranges>{ranges}</table:database-ranges>"


def _address(sheet: Sheet) -> str:
    name = sheet.name.replace("'", "''")
    last = sheet.heading_row + 1 + sum(1 for _ in continued(sheet.rows))
    end = f"{_letters(len(sheet.columns))}{max(last, sheet.heading_row + 2)}"
    return f"$'{name}'.A{sheet.heading_row + 1}:$'{name}'.{end}"


def _letters(number: int) -> str:
    """The name of a column, counted from 1: A, B… Z, AA."""
    name = ""
    while number:
        number, rank = divmod(number - 1, 26)
        name = chr(ord("A") + rank) + name
    return name


# --- Styles ---


def _styles(sheets: Sequence[Sheet], couleur: str) -> Iterator[str]:
    teintes = teintes_of(couleur)
    yield (
        '<style:style style:name="feuille" style:family="table" style:master-page-name="Default">'
        "<style:table-properties/></style:style>"
    )
    for rank, sheet in enumerate(sheets):
        for place, column in enumerate(sheet.columns):
            width = f"{column.width * SIGNE + 2:.1f}mm"
            yield (
                f'<style:style style:name="co{rank}-{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width}"/></style:style>'
            )
    yield from _formats()
    yield _style("texte", rule=True)
    yield _style("colonne", bold=True, extra=f'fo:background-color="{teintes.doux}"', heading=True)
    yield _style("titre", bold=True, size=18, color=teintes.accent, wrap=False)
    yield _style("preface", color=ENCRE_2, wrap=False)
    yield _style("preface-nombre", bold=True, size=14, wrap=False, align="start")
    for ton in ("oui", "part", "non", "nr", "cours"):
        yield _style(f"statut-{ton}", bold=ton != "nr", color=COULEURS[ton], rule=True)
    yield _style("date", rule=True, data="f-date", align="start")
    yield _style("entier", rule=True, data="f-entier", align="center")
    for name in ("pourcentage", "euros0", "euros2"):
        yield _style(name, rule=True, data=f"f-{name}")
    for decimals in range(5):
        yield _style(f"nombre{decimals}", rule=True, data=f"f-nombre{decimals}")


def _style(
    name: str,
    *,
    bold: bool = False,
    size: int = 10,
    color: str = ENCRE,
    rule: bool = False,
    heading: bool = False,
    wrap: bool = True,
    data: str = "",
    align: str = "",
    extra: str = "",
) -> str:
    border = f'fo:border-bottom="0.5pt solid {FILET}"' if rule else ""
    if heading:
        border = f'fo:border-bottom="1.5pt solid {ENCRE}"'
    weight = ' fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
    wrapped = 'fo:wrap-option="wrap"' if wrap else ""
    aligned = f'<style:paragraph-properties fo:text-align="{align}"/>' if align else ""
    number = f' style:data-style-name="{data}"' if data else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:parent-style-name="Default"{number}>'
        f'<style:table-cell-properties style:vertical-align="top" {wrapped} {border} {extra}/>'
        f"{aligned}"
        f'<style:text-properties fo:color="{color}" fo:font-size="{size}pt"{weight}'
        ' fo:language="fr" fo:country="FR"/></style:style>'
    )


def _formats() -> Iterator[str]:
    french = 'number:language="fr" number:country="FR"'
    yield (
        f'<number:date-style style:name="f-date" {french}><number:day/>'
        '<number:text> </number:text><number:month number:textual="true" number:style="long"/>'
        '<number:text> </number:text><number:year number:style="long"/></number:date-style>'
    )
    for decimals in range(5):
        yield (
            f'<number:number-style style:name="f-nombre{decimals}" {french}>'
            f"{_number(decimals)}</number:number-style>"
        )
    yield (
        f'<number:number-style style:name="f-entier" {french}><number:number'
        ' number:decimal-places="0" number:min-integer-digits="1"/></number:number-style>'
    )
    yield (
        f'<number:percentage-style style:name="f-pourcentage" {french}>{_number(1)}'
        "<number:text> %</number:text></number:percentage-style>"
    )
    for decimals in (0, 2):
        yield (
            f'<number:currency-style style:name="f-euros{decimals}" {french}>{_number(decimals)}'
            "<number:text> </number:text><number:currency-symbol>€</number:currency-symbol>"
            "</number:currency-style>"
        )


def _number(decimals: int) -> str:
    return (
        f'<number:number number:decimal-places="{decimals}"'
        f' number:min-decimal-places="{decimals}" number:min-integer-digits="1"'
        ' number:grouping="true"/>'
    )
