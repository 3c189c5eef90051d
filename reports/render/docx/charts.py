"""Native charts of the Word document: drawn by Word itself, with their figures inside.

The rules are those of the portal's own charts: a missing year keeps its place and is crossed by no
line, a forecast is dotted and hollow, the target is a dashed ink line, two values make paired
bars, zero is always on the axis.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

from indicators.charts.bars import can_be_bars
from indicators.charts.scale import creneaux_of
from indicators.charts.svg import ENCRE, ENCRE_2, FILET, PAPIER, TRAIT, teintes_of
from indicators.charts.words import description_of, titre_of
from indicators.series import PointSerie, Serie

from .markup import DECLARATIONS, clean
from .styles import POLICE

MESURE, PREVISION, CIBLE, AVANT, APRES = "mesure", "prevision", "cible", "avant", "apres"
FEUILLE = "Données"
#: From this value on, the steps of the scale are whole numbers.
UNITES_ENTIERES = 10


@dataclass(frozen=True, slots=True)
class Suite:
    """The values of one line or colour of bars, one per category; `labels` replace figures."""

    name: str
    kind: str
    values: tuple[Decimal | None, ...]
    labels: dict[int, str] = field(default_factory=dict)
    without_label: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    categories: tuple[str, ...]
    suites: tuple[Suite, ...]
    is_bars: bool
    decimales: int
    description: str


def chart_of(series: Sequence[Serie]) -> Chart:
    """The chart of one series, or of several pairs of values that share their unit."""
    if len(series) > 1 or can_be_bars(series[0]):
        return _bars(series)
    return _curve(series[0])


def _bars(series: Sequence[Serie]) -> Chart:
    pairs = [(serie.chiffrees[0], serie.chiffrees[-1]) for serie in series]
    suites = tuple(
        Suite(
            " / ".join(dict.fromkeys(pair[rank].label for pair in pairs)),
            (AVANT, APRES)[rank],
            tuple(pair[rank].valeur for pair in pairs),
        )
        for rank in (0, 1)
    )
    return Chart(
        tuple(serie.structure or serie.intitule for serie in series),
        suites,
        is_bars=True,
        decimales=series[0].decimales,
        description=" ".join(f"{titre_of(serie)} : {description_of(serie)}" for serie in series),
    )


def _curve(serie: Serie) -> Chart:
    creneaux = creneaux_of(serie)
    measured = [creneau.constatee for creneau in creneaux]
    planned = [creneau.prevision for creneau in creneaux]
    suites = [_suite("Valeurs", MESURE, measured)]
    if any(planned):
        start = _joined(measured, planned)
        shown = [measured[rank] if rank == start else point for rank, point in enumerate(planned)]
        suites.append(_suite("Prévisions", PREVISION, shown, hidden=start))
    if serie.cible is not None:
        name = f"Cible : {serie.cible_affichee}"
        suites.append(Suite(name, CIBLE, (serie.cible,) * len(creneaux)))
    return Chart(
        tuple(
            f"{creneau.label} non renseigné" if creneau.est_vide else creneau.label
            for creneau in creneaux
        ),
        tuple(suites),
        is_bars=False,
        decimales=serie.decimales,
        description=f"{titre_of(serie)} : {description_of(serie)}",
    )


def _joined(measured, planned) -> int | None:
    """The rank of the measured value that the line of forecasts starts from, just before them."""
    first = next(rank for rank, point in enumerate(planned) if point)
    return first - 1 if first and measured[first - 1] and not planned[first - 1] else None


def _suite(name: str, kind: str, points: list[PointSerie | None], hidden=None) -> Suite:
    labels = {
        rank: point.affichage
        for rank, point in enumerate(points)
        if point and (point.borne or point.valeur_max is not None)
    }
    return Suite(
        name,
        kind,
        tuple(point.valeur if point else None for point in points),
        labels,
        frozenset() if hidden is None else frozenset({hidden}),
    )


# --- Drawing ---


def chart_markup(chart: Chart, couleur: str, workbook: str) -> bytes:
    """The chart as DrawingML; `workbook` is the relation of the workbook that holds its figures."""
    accent, doux = teintes_of(couleur).accent, teintes_of(couleur).doux
    inks = {
        MESURE: accent,
        PREVISION: accent,
        CIBLE: ENCRE,
        AVANT: doux,
        APRES: accent,
    }
    suites = "".join(
        _series(chart, suite, rank, inks[suite.kind], accent)
        for rank, suite in enumerate(chart.suites)
    )
    plot = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{suites}<c:gapWidth val="60"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        if chart.is_bars
        else '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{suites}<c:marker val="1"/><c:axId val="111"/><c:axId val="112"/></c:lineChart>'
    )
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(ENCRE_2)}</c:legend>'
        if len(chart.suites) > 1
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {DECLARATIONS}>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{plot}{_category_axis(chart)}{_value_axis(chart)}<c:spPr><a:noFill/></c:spPr>"
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(ENCRE_2)}<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/>'
        "</c:externalData></c:chartSpace>"
    ).encode()


def _series(chart: Chart, suite: Suite, rank: int, ink: str, accent: str) -> str:
    column = chr(ord("B") + rank)
    count = len(chart.categories)
    shape = _bar_shape(suite, ink, accent) if chart.is_bars else _line_shape(suite, ink)
    return (
        f'<c:ser><c:idx val="{rank}"/><c:order val="{rank}"/>'
        f"<c:tx>{_strings(f'{column}$1', (suite.name,))}</c:tx>{shape}{_labels(chart, suite)}"
        f"<c:cat>{_strings(f'A$2:$A${count + 1}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(f'{column}$2:${column}${count + 1}', chart, suite)}</c:val>"
        + ("" if chart.is_bars else '<c:smooth val="0"/>')
        + "</c:ser>"
    )


def _strings(where: str, texts: tuple[str, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{rank}"><c:v>{escape(clean(text))}</c:v></c:pt>'
        for rank, text in enumerate(texts)
    )
    return (
        f"<c:strRef><c:f>'{FEUILLE}'!${where}</c:f>"
        f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(where: str, chart: Chart, suite: Suite) -> str:
    points = "".join(
        f'<c:pt idx="{rank}"><c:v>{value}</c:v></c:pt>'
        for rank, value in enumerate(suite.values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>'{FEUILLE}'!${where}</c:f><c:numCache><c:formatCode>{_code(chart)}"
        f'</c:formatCode><c:ptCount val="{len(suite.values)}"/>{points}</c:numCache></c:numRef>'
    )


def _code(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimales if chart.decimales else "")


def _line_shape(suite: Suite, ink: str) -> str:
    dash = {PREVISION: '<a:prstDash val="sysDot"/>', CIBLE: '<a:prstDash val="dash"/>'}
    width = 15875 if suite.kind == CIBLE else 28575
    line = (
        f'<c:spPr><a:ln w="{width}" cap="rnd">{_fill(ink)}{dash.get(suite.kind, "")}<a:round/>'
        "</a:ln></c:spPr>"
    )
    if suite.kind == CIBLE:
        return f'{line}<c:marker><c:symbol val="none"/></c:marker>'
    inside = PAPIER if suite.kind == PREVISION else ink
    return (
        f'{line}<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{_fill(inside)}'
        f'<a:ln w="19050">{_fill(ink)}</a:ln></c:spPr></c:marker>'
    )


def _bar_shape(suite: Suite, ink: str, accent: str) -> str:
    return (
        f'<c:spPr>{_fill(ink)}<a:ln w="12700">{_fill(accent)}</a:ln></c:spPr>'
        '<c:invertIfNegative val="0"/>'
    )


def _labels(chart: Chart, suite: Suite) -> str:
    if suite.kind == CIBLE:
        return ""
    ranks = sorted(set(suite.labels) | suite.without_label)
    own = "".join(
        f'<c:dLbl><c:idx val="{rank}"/><c:delete val="1"/></c:dLbl>'
        if rank in suite.without_label
        else _label(rank, suite.labels[rank], chart)
        for rank in ranks
    )
    return (
        f'<c:dLbls>{own}<c:numFmt formatCode="{_code(chart)}" sourceLinked="0"/>{_ground(chart)}'
        f"{_text(ENCRE, bold=True)}{_place(chart)}{_SHOWN.format(1)}</c:dLbls>"
    )


_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _label(rank: int, words: str, chart: Chart) -> str:
    return (
        f'<c:dLbl><c:idx val="{rank}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r>'
        f"{_run_properties(ENCRE, bold=True)}<a:t>{escape(clean(words))}</a:t></a:r></a:p></c:rich>"
        f"</c:tx>{_ground(chart)}{_place(chart)}{_SHOWN.format(1)}</c:dLbl>"
    )


def _ground(chart: Chart) -> str:
    """What stands behind a label: paper, so that a line that passes there does not strike it."""
    return "" if chart.is_bars else f"<c:spPr>{_fill(PAPIER)}</c:spPr>"


def _place(chart: Chart) -> str:
    return f'<c:dLblPos val="{"outEnd" if chart.is_bars else "t"}"/>'


def _category_axis(chart: Chart) -> str:
    orientation = "maxMin" if chart.is_bars else "minMax"
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{orientation}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if chart.is_bars else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525">{_fill(TRAIT)}</a:ln></c:spPr>{_text(ENCRE_2)}'
        '<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    known = [value for suite in chart.suites for value in suite.values if value is not None]
    code = _code(chart) if max(map(abs, known)) < UNITES_ENTIERES else "#,##0"
    floor = '<c:min val="0"/>' if min(known) >= 0 else ""
    grid = (
        ""
        if chart.is_bars
        else f'<c:majorGridlines><c:spPr><a:ln w="6350">{_fill(FILET)}</a:ln></c:spPr>'
        "</c:majorGridlines>"
    )
    return (
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/>{floor}</c:scaling>'
        f'<c:delete val="{int(chart.is_bars)}"/><c:axPos val="{"t" if chart.is_bars else "l"}"/>'
        f'{grid}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(ENCRE_2)}"
        '<c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        "</c:valAx>"
    )


def _fill(ink: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{ink.removeprefix("#")}"/></a:solidFill>'


def _run_properties(ink: str, *, bold: bool, tag: str = "rPr") -> str:
    return (
        f'<a:{tag} lang="fr-FR" sz="850" b="{int(bold)}">{_fill(ink)}'
        f'<a:latin typeface="{POLICE}"/></a:{tag}>'
    )


def _text(ink: str, *, bold: bool = False) -> str:
    properties = _run_properties(ink, bold=bold, tag="defRPr").replace(' lang="fr-FR"', "")
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{properties}</a:pPr>"
        '<a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )


def chart_workbook(chart: Chart) -> bytes:
    """The figures of a chart, for whoever wants to change them in Word."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet(FEUILLE)
        for rank, category in enumerate(chart.categories, start=1):
            sheet.write_string(rank, 0, clean(category))
        for column, suite in enumerate(chart.suites, start=1):
            sheet.write_string(0, column, clean(suite.name))
            for rank, value in enumerate(suite.values, start=1):
                if value is not None:
                    sheet.write_number(rank, column, float(value))
    return buffer.getvalue()
