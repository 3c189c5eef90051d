"""Put tables of texts in a folder of CSV files, an xlsx or an ods workbook.

No text ever becomes a formula: a workbook keeps texts as texts; in CSV, a cell that begins like a
formula gets an apostrophe before it, as defusedcsv does, and `sources` takes it off again. The
library itself is not used here: it also rewrites every « | » inside such a cell, which would then
not come back as it was.
"""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .schema import Table

Tables = Mapping[str, list[list[str]]]

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@|%\t\r]", re.DOTALL)
_PLAIN_NUMBER = re.compile(r"-?\d+(,\d+)?")


def write_folder(folder: Path, tables: Tables) -> None:
    """One file per table: UTF-8 with BOM and semicolons, as French spreadsheets expect."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_of(rows))


def csv_of(rows: list[list[str]]) -> bytes:
    """One table as the bytes of a CSV file."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_guard(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def _guard(cell: str) -> str:
    if _LIKE_A_FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_xlsx(path: Path, tables: Tables, schema: Mapping[str, Table]) -> None:
    """A workbook with one sheet per table, headings frozen and bold.

    A table that the schema does not declare holds texts only.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        bold = workbook.add_format({"bold": True, "bottom": 1})
        number = workbook.add_format({"text_wrap": True, "valign": "top"})
        # Whatever is typed later stays what was typed: "1.10" is a reference, not a number.
        text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name, rows in tables.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            numeric = _numeric_columns(schema.get(name), rows[0])
            for place, heading in enumerate(rows[0]):
                sheet.write_string(0, place, heading, bold)
                width, style = (12, number) if place in numeric else (24, text)
                sheet.set_column(place, place, width, style)
            for line, row in enumerate(rows[1:], start=1):
                for place, cell in enumerate(row):
                    if cell and place in numeric:
                        sheet.write_number(line, place, float(cell.replace(",", ".")), number)
                    elif cell:
                        sheet.write_string(line, place, cell, text)


def write_ods(path: Path, tables: Tables, schema: Mapping[str, Table]) -> None:
    """The same workbook in the open format of LibreOffice."""
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for (name, family), properties in _ODS_STYLES.items():
        style = (
            f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'
        )
        document.insert_style(odfdo.Element.from_tag(style), automatic=True)
    for name, rows in tables.items():
        numeric = _numeric_columns(schema.get(name), rows[0])
        columns = "".join(
            _ODS_COLUMN.format("nombres" if place in numeric else "textes")
            for place in range(len(rows[0]))
        )
        lines = [_ods_heading(rows[0]), *(_ods_row(row, numeric) for row in rows[1:])]
        document.body.append(
            odfdo.Element.from_tag(
                f"<table:table table:name={quoteattr(name)}>{columns}{''.join(lines)}</table:table>"
            )
        )
    document.save(str(path))


_ODS_STYLES = {
    ("textes", "table-column"): '<style:table-column-properties style:column-width="4.6cm"/>',
    ("nombres", "table-column"): '<style:table-column-properties style:column-width="2.4cm"/>',
    ("cellule", "table-cell"): (
        '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
    ),
    ("entete", "table-cell"): (
        '<style:table-cell-properties fo:border-bottom="0.5pt solid #000000"/>'
        '<style:text-properties fo:font-weight="bold"/>'
    ),
}
_ODS_COLUMN = '<table:table-column table:style-name="{}" table:default-cell-style-name="cellule"/>'


def _ods_heading(names: list[str]) -> str:
    cells = "".join(
        '<table:table-cell table:style-name="entete" office:value-type="string">'
        f"<text:p>{escape(name)}</text:p></table:table-cell>"
        for name in names
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _ods_row(row: list[str], numeric: frozenset[int]) -> str:
    """Written as one piece of XML: cell objects take seconds where this takes milliseconds."""
    cells = []
    for place, cell in enumerate(row):
        if not cell:
            cells.append("<table:table-cell/>")
        elif place in numeric:
            value = cell.replace(",", ".")
            cells.append(
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{cell}</text:p></table:table-cell>"
            )
        else:
            paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
            cells.append(
                f'<table:table-cell office:value-type="string"{_exact(cell)}>'
                f"{paragraphs}</table:table-cell>"
            )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_PARAGRAPHS = re.compile(r"\S+(?: \S+)*(?:\n\S+(?: \S+)*)+")


def _exact(cell: str) -> str:
    """The attribute that keeps each white space; LibreOffice then shows no line end, so that plain
    paragraphs go without.
    """
    if _PARAGRAPHS.fullmatch(cell):
        return ""
    value = quoteattr(cell, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
    return f" office:string-value={value}"


def _numeric_columns(table: Table | None, headings: list[str]) -> frozenset[int]:
    if table is None:
        return frozenset()
    return frozenset(
        place for place, name in enumerate(headings) if table.by_name[name].kind.est_nombre
    )
