"""The native charts of the workbook, with the rules of the portal's own."""

from collections.abc import Sequence

from ctg_portal.lib.icones import COULEURS
from indicators.charts.svg import ENCRE, ENCRE_2, FILET, PAPIER, TRAIT, teintes_of
from indicators.charts.words import description_of, titre_of

from .model import Sheet, Trace, clean

#: Rows and pixels of a chart, and how many stand side by side.
HAUTEUR, LARGEUR, RANGEES, PAR_LIGNE = 300, 620, 16, 2
ONGLET = "Graphiques"


def write_charts_sheet(workbook, sheet: Sheet, traces: Sequence[Trace], accent: str) -> None:
    """A sheet of charts over the rows of another."""
    page = workbook.add_worksheet(ONGLET)
    page.hide_gridlines(2)
    page.set_column(0, 2 * PAR_LIGNE * 10, 9)
    for rank, trace in enumerate(traces):
        line, place = divmod(rank, PAR_LIGNE)
        page.insert_chart(
            line * RANGEES,
            place * 10,
            _chart(workbook, sheet, trace, accent),
            {"description": _described(trace), "object_position": 2},
        )
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    rows = -(-len(traces) // PAR_LIGNE) * RANGEES
    page.print_area(0, 0, rows, PAR_LIGNE * 10 - 1)
    page.set_footer("&R&9&P / &N")
    # Never a chart cut in two.
    page.set_h_pagebreaks(range(3 * RANGEES, rows, 3 * RANGEES))


def insert_charts(workbook, page, sheet: Sheet, row: int) -> None:
    """The stacked charts of a sheet, side by side under its table."""
    column = 0
    for trace in sheet.traces:
        if trace.kind == "cumul":
            page.insert_chart(
                row,
                column,
                _stacked(workbook, sheet, trace),
                {"description": f"{trace.title}, axe par axe : voir le tableau au-dessus"},
            )
            column += 3


def _described(trace: Trace) -> str:
    return clean(f"{titre_of(trace.serie)} : {description_of(trace.serie)}")


def _span(sheet: Sheet, trace: Trace, column: int) -> list:
    start = sheet.heading_row + 1
    return [sheet.name, start + trace.first, column, start + trace.last, column]


def _chart(workbook, sheet: Sheet, trace: Trace, accent: str):
    if trace.kind == "barres":
        return _pair(workbook, sheet, trace, accent)
    chart = workbook.add_chart({"type": "line"})
    measured, *others = trace.values
    looks = [_line(accent)]
    for column in others:
        is_target = sheet.columns[column].title == "Cible"
        looks.append(_TARGET if is_target else _line(accent, is_forecast=True))
    for column, look in zip((measured, *others), looks, strict=True):
        chart.add_series(
            {
                "name": sheet.columns[column].title,
                "categories": _span(sheet, trace, trace.categories),
                "values": _span(sheet, trace, column),
                **look,
            }
        )
    _dress(chart, trace)
    chart.set_y_axis(
        {
            "min": 0 if _is_positive(trace) else None,
            "num_font": _FONT,
            "num_format": _format(trace),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": FILET, "width": 0.5}},
        }
    )
    chart.set_x_axis({"num_font": _FONT, "line": {"color": TRAIT}, "major_tick_mark": "none"})
    chart.show_blanks_as("gap")
    if others:
        chart.set_legend({"position": "bottom", "font": _FONT})
    else:
        chart.set_legend({"none": True})
    return chart


def _pair(workbook, sheet: Sheet, trace: Trace, accent: str):
    """Two values: two bars, the first one pale."""
    chart = workbook.add_chart({"type": "bar"})
    edge = {"color": accent, "width": 1}
    chart.add_series(
        {
            "name": sheet.columns[trace.values[0]].title,
            "categories": _span(sheet, trace, trace.categories),
            "values": _span(sheet, trace, trace.values[0]),
            "fill": {"color": accent},
            "border": edge,
            "points": [
                {"fill": {"color": teintes_of(accent).doux}, "border": edge},
                {"fill": {"color": accent}, "border": edge},
            ],
            "data_labels": {"value": True, "font": _BOLD, "num_format": _format(trace)},
            "gap": 50,
        }
    )
    _dress(chart, trace)
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "line": {"color": TRAIT}, "major_tick_mark": "none"}
    )
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    return chart


def _stacked(workbook, sheet: Sheet, trace: Trace):
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, ton in zip(trace.values, trace.tons, strict=True):
        chart.add_series(
            {
                "name": [sheet.name, sheet.heading_row, column],
                "categories": _span(sheet, trace, trace.categories),
                "values": _span(sheet, trace, column),
                "fill": _FILLS[ton],
                "border": {"color": COULEURS[ton], "width": 1},
                "gap": 60,
            }
        )
    _dress(chart, trace)
    rows = trace.last - trace.first + 1
    chart.set_size({"width": LARGEUR, "height": 130 + 34 * rows})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": TRAIT}})
    chart.set_x_axis(
        {
            "num_font": _FONT,
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": FILET, "width": 0.5}},
            "num_format": "0",
        }
    )
    return chart


def _dress(chart, trace: Trace) -> None:
    chart.set_title({"name": clean(trace.title)[:255], "name_font": {"size": 11, "color": ENCRE}})
    chart.set_size({"width": LARGEUR, "height": HAUTEUR})
    chart.set_chartarea({"border": {"none": True}})


def _line(accent: str, *, is_forecast: bool = False) -> dict:
    line = {"color": accent, "width": 2.25}
    if is_forecast:
        line["dash_type"] = "round_dot"
    return {
        "line": line,
        "marker": {
            "type": "circle",
            "size": 7,
            "fill": {"color": PAPIER if is_forecast else accent},
            "border": {"color": accent, "width": 1.5},
        },
        "data_labels": {"value": True, "position": "above", "font": _BOLD},
    }


def _is_positive(trace: Trace) -> bool:
    serie = trace.serie
    return all(point.valeur is None or point.valeur >= 0 for point in serie.points)


def _format(trace: Trace) -> str:
    decimals = trace.serie.decimales
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


_FONT = {"size": 9, "color": ENCRE_2, "bold": False}
_BOLD = {"size": 9, "color": ENCRE, "bold": True}
_TARGET = {"line": {"color": ENCRE, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}}
# Full, half, empty, dotted: also without colour, one is not taken for another.
_FILLS = {
    "oui": {"color": COULEURS["oui"]},
    "part": {"color": COULEURS["part"], "transparency": 45},
    "non": {"color": COULEURS["non"], "transparency": 85},
    "nr": {"none": True},
}
