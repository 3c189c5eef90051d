"""Sheets as a workbook of Excel, with native charts."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

from ctg_portal.lib.icones import COULEURS
from indicators.charts.svg import CREUX, ENCRE, ENCRE_2, FILET, teintes_of

from ...tree import Bilan
from ...tree.nodes import Statut
from .model import Kind, Sheet, Value, clean, continued, lines_of
from .xlsx_charts import insert_charts, write_charts_sheet

A4, A3 = 9, 8
#: Beyond that many signs across, a sheet is printed on A3, then on several sheets side by side.
SIGNES_A4, SIGNES_A3 = 230, 330
#: In points; Excel knows no higher row.
HAUTEUR_LIGNE, HAUTEUR_MAX = 13, 409
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(sheets: Sequence[Sheet], tree: Bilan) -> bytes:
    """The file, as bytes. No text ever becomes a formula nor a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        _describe(workbook, tree)
        formats = Formats(workbook, tree.convention.couleur)
        for sheet in sheets:
            _write_sheet(workbook, sheet, tree, formats)
            charts = [trace for trace in sheet.traces if trace.kind != "cumul"]
            if charts:
                write_charts_sheet(workbook, sheet, charts, formats.accent)
    return buffer.getvalue()


def _describe(workbook, tree: Bilan) -> None:
    convention = tree.convention
    workbook.set_properties(
        {
            "title": clean(f"{tree.titre} – CTG {convention.territoire}")[:255],
            "subject": clean(convention.nom)[:255],
            "author": clean(convention.territoire)[:255],
            "company": clean(convention.territoire)[:255],
            "comments": clean(tree.etat),
            "created": datetime.datetime.combine(tree.edite_le, datetime.time()),
        }
    )
    workbook.set_custom_property("Language", "fr-FR")


class Formats:
    """The formats of the cells, each made once."""

    def __init__(self, workbook, couleur: str):
        self._workbook = workbook
        self._made: dict[tuple, object] = {}
        self.accent, self.doux = teintes_of(couleur).accent, teintes_of(couleur).doux

    def get(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": ENCRE, "valign": "top"}
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]

    @property
    def title(self):
        return self.get(font_size=18, bold=True, font_color=self.accent)

    @property
    def subtitle(self):
        return self.get(font_color=ENCRE_2)

    @property
    def heading(self):
        return self.get(
            bold=True,
            text_wrap=True,
            valign="vcenter",
            bg_color=self.doux,
            bottom=2,
            bottom_color=ENCRE,
        )

    def of(self, value: Value, kind: Kind):
        """The format of a value in a column of this kind."""
        rule = {"bottom": 1, "bottom_color": FILET}
        if isinstance(value, Statut):
            color = COULEURS[value.ton]
            return self.get(bold=value.ton != "nr", font_color=color, text_wrap=True, **rule)
        if isinstance(value, datetime.date):
            return self.get(num_format="[$-40C]d mmmm yyyy", align="left", **rule)
        if isinstance(value, (int, Decimal)):
            align = {"align": "center"} if kind is Kind.INTEGER else {}
            return self.get(num_format=_number_format(value, kind), **align, **rule)
        align = {} if kind is Kind.TEXT else {"align": "right"}
        return self.get(text_wrap=True, num_format="@", **align, **rule)


def _number_format(value: int | Decimal, kind: Kind) -> str:
    if kind is Kind.INTEGER:
        return "0"
    if kind is Kind.PERCENT:
        return "+0.0%;-0.0%;0.0%"
    if kind is Kind.EUROS:
        has_cents = value != int(value)
        return '#,##0.00 "€"' if has_cents else '#,##0 "€"'
    decimals = max(0, -value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _write_sheet(workbook, sheet: Sheet, tree: Bilan, formats: Formats) -> None:
    page = workbook.add_worksheet(sheet.name)
    page.hide_gridlines(2)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(sheet.heading_row, place, clean(column.title), formats.heading)
    lines = lines_of([column.title for column in sheet.columns], sheet.columns)
    page.set_row(sheet.heading_row, 8 + HAUTEUR_LIGNE * lines)
    _write_preface(page, sheet, formats)
    row = sheet.heading_row
    for row, values in enumerate(continued(sheet.rows), start=sheet.heading_row + 1):
        # Excel would find the height by itself, LibreOffice does not.
        page.set_row(row, min(HAUTEUR_MAX, 4 + HAUTEUR_LIGNE * lines_of(values, sheet.columns)))
        for place, value in enumerate(values):
            kind = sheet.columns[place].kind
            _write_cell(page, row, place, value, formats.of(value, kind))
    last = len(sheet.columns) - 1
    page.autofilter(sheet.heading_row, 0, row, last)
    page.freeze_panes(sheet.heading_row + 1, sheet.frozen)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _set_print(page, sheet, tree, row)
    insert_charts(workbook, page, sheet, row + 2)


def _write_cell(page, row: int, place: int, value: Value, style) -> None:
    if isinstance(value, Statut):
        page.write_string(row, place, clean(value.label), style)
    elif isinstance(value, datetime.date):
        moment = datetime.datetime.combine(value, datetime.time())
        page.write_datetime(row, place, moment, style)
    elif isinstance(value, (int, Decimal)):
        page.write_number(row, place, float(value), style)
    elif value:
        page.write_string(row, place, clean(value), style)
    else:
        page.write_blank(row, place, None, style)


def _write_preface(page, sheet: Sheet, formats: Formats) -> None:
    for row, values in enumerate(sheet.preface):
        for place, value in enumerate(values):
            if isinstance(value, int):
                big = formats.get(bold=True, font_size=14, align="left")
                page.write_number(row, place, value, big)
                page.set_row(row, 20)
            elif value:
                style = formats.subtitle if row else formats.title
                page.write_string(row, place, clean(str(value)), style)
    if sheet.preface:
        page.set_row(0, 30)


def _set_print(page, sheet: Sheet, tree: Bilan, last_row: int) -> None:
    """Landscape, as wide as the paper, the column titles on each page."""
    page.set_landscape()
    width = sum(column.width for column in sheet.columns)
    page.set_paper(A4 if width <= SIGNES_A4 else A3)
    page.fit_to_pages(-(-width // SIGNES_A3), 0)
    if width > SIGNES_A3:
        page.repeat_columns(0, sheet.frozen - 1)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    page.repeat_rows(sheet.heading_row)
    charts = 24 if any(trace.kind == "cumul" for trace in sheet.traces) else 0
    page.print_area(0, 0, last_row + charts, len(sheet.columns) - 1)
    territory = _in_margin(tree.convention.territoire, 60)
    page.set_header(f"&L&9{_in_margin(tree.titre, 60)}&R&9{_in_margin(sheet.name, 40)}")
    page.set_footer(f"&L&9{territory}&R&9&P / &N")
    page.set_tab_color(CREUX)


def _in_margin(text: str, length: int) -> str:
    """A text of a header or footer, where « & » is a command."""
    return clean(text)[:length].replace("&", "&&")
