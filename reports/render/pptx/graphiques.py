"""Native charts, with their data in a sheet that can be edited."""

from collections.abc import Sequence

from axes.enums import Accent
from indicators.charts.bars import can_be_bars
from indicators.charts.svg import TEINTES
from indicators.charts.words import description_of, titre_of
from indicators.series import PointSerie, Serie

from ...deck.slides import LigneAxe
from .formes import decrire, propre
from .modele import ENCRE, FILET, GRIS, NON, OUI, PARTIEL, POLICE, VIDE, Cadre

CORPS = 14
MESURES, PREVISIONS, CIBLE = "Valeur", "Prévision", "Cible"
#: Thousands are set apart by a space in any language of the software.
_ENTIERS = "[>=1000000]#\\ ###\\ ##0;[>=1000]#\\ ##0;0"
_COULEURS = {"oui": OUI, "part": PARTIEL, "non": NON, "nr": "C9CDD2"}


def graphique(slide, serie: Serie, cadre: Cadre, couleur: Accent) -> None:
    """The curve of a series, or two bars where there are two values only."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    is_bars = can_be_bars(serie)
    periods, series = _donnees(serie)
    data = CategoryChartData(number_format=_format(serie.decimales))
    data.categories = [propre(label) for label in periods]
    for name, points in series:
        data.add_series(name, [_nombre(point) for point in points])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_bars else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(kind, *cadre.emu, data)
    frame.name = "Graphique"
    decrire(frame, f"{titre_of(serie)}. {description_of(serie)}")
    _habiller(frame.chart, legende=len(series) > 1)
    if all(value is None or value >= 0 for _, points in series for value in map(_nombre, points)):
        # Zero is always on the axis.
        frame.chart.value_axis.minimum_scale = 0
    accent = TEINTES[couleur].accent[1:].upper()
    for plotted, (name, points) in zip(frame.chart.plots[0].series, series, strict=True):
        if is_bars:
            _barre(plotted, accent)
        else:
            _ligne(plotted, name, accent)
        if name != CIBLE:
            _etiquettes(plotted, points, is_bars=is_bars, format_=_format(serie.decimales))
    if is_bars:
        frame.chart.category_axis.reverse_order = True
        frame.chart.plots[0].gap_width = 60


def repartition(slide, lignes: Sequence[LigneAxe], lequel: str, cadre: Cadre, titre: str) -> None:
    """How many fiches of each axe have each value of a status: stacked bars with their counts."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    data = CategoryChartData(number_format="0;;")
    data.categories = [propre(ligne.nom.split(" · ")[0]) for ligne in lignes]
    statuses = [compte.statut for compte in getattr(lignes[0].comptes, lequel)]
    for status in statuses:
        counts = [ligne.comptes.nombre(lequel, status.valeur) for ligne in lignes]
        data.add_series(status.label, counts)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *cadre.emu, data)
    frame.name = titre
    decrire(frame, f"{titre}. {_en_mots(lignes, lequel)}")
    chart = frame.chart
    _habiller(chart, legende=True)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for plotted, status in zip(plot.series, statuses, strict=True):
        plotted.format.fill.solid()
        plotted.format.fill.fore_color.rgb = RGBColor.from_string(_COULEURS[status.ton])
        labels = plotted.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0;;", False
        labels.font.size, labels.font.bold = Pt(CORPS), True
        ink = ENCRE if status.ton == "nr" else "FFFFFF"
        labels.font.color.rgb = RGBColor.from_string(ink)


def _en_mots(lignes: Sequence[LigneAxe], lequel: str) -> str:
    return " ; ".join(
        f"{ligne.nom} : "
        + ", ".join(
            f"{compte.nombre} {compte.statut.label.lower()}"
            for compte in getattr(ligne.comptes, lequel)
            if compte.nombre
        )
        for ligne in lignes
    )


def _donnees(serie: Serie) -> tuple[list[str], list[tuple[str, list]]]:
    """Periods, years without value included, and the lines to draw over them."""
    places: list[tuple[int, str]] = []
    by_period: dict[tuple[int, str], dict[bool, PointSerie]] = {}
    for point in serie.points:
        if point.annee is not None:
            key = (point.annee, point.label)
            by_period.setdefault(key, {})[point.previsionnelle] = point
    years = {year for year, _ in by_period}
    places = [*by_period, *((year, str(year)) for year in serie.annees if year not in years)]
    places.sort(key=lambda place: place[0])
    found = [by_period.get(place, {}) for place in places]
    series = [(MESURES, [points.get(False) for points in found])]
    if any(True in points for points in found):
        series.append((PREVISIONS, [points.get(True) for points in found]))
    if serie.cible is not None:
        series.append((CIBLE, [serie.cible] * len(places)))
    return [label for _, label in places], series


def _nombre(point) -> float | None:
    if point is None:
        return None
    value = point.valeur if isinstance(point, PointSerie) else point
    return None if value is None else float(value)


def _format(decimales: int) -> str:
    if not decimales:
        return _ENTIERS
    return "#,##0." + "0" * decimales


def _habiller(chart, *, legende: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(CORPS), POLICE
    chart.font.color.rgb = RGBColor.from_string(GRIS)
    chart.has_title = False
    chart.has_legend = legende
    if legende:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    values, categories = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(FILET)
    values.format.line.fill.background()
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = RGBColor.from_string(VIDE)
    categories.has_major_gridlines = False


def _ligne(plotted, name: str, accent: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    ink = RGBColor.from_string(ENCRE if name == CIBLE else accent)
    plotted.smooth = False
    plotted.format.line.color.rgb = ink
    plotted.format.line.width = Pt(1.25 if name == CIBLE else 2.25)
    marker = plotted.marker
    if name == CIBLE:
        marker.style = XL_MARKER_STYLE.NONE
        plotted.format.line.dash_style = MSO_LINE.DASH
        return
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 9
    marker.format.line.color.rgb = ink
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = ink
    if name == PREVISIONS:
        plotted.format.line.dash_style = MSO_LINE.ROUND_DOT
        marker.format.fill.fore_color.rgb = RGBColor.from_string("FFFFFF")


def _barre(plotted, accent: str) -> None:
    from pptx.dml.color import RGBColor

    plotted.format.fill.solid()
    plotted.format.fill.fore_color.rgb = RGBColor.from_string(accent)


def _etiquettes(plotted, points, *, is_bars: bool, format_: str) -> None:
    """The value at each point; in words where a number alone would lie ("plus de 50")."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = plotted.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = format_, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END if is_bars else XL_LABEL_POSITION.ABOVE
    labels.font.size, labels.font.bold = Pt(CORPS), True
    labels.font.color.rgb = RGBColor.from_string(ENCRE)
    for rank, point in enumerate(points):
        if point is not None and point.valeur is not None and (point.borne or point.valeur_max):
            frame = plotted.points[rank].data_label.text_frame
            frame.text = propre(point.affichage)
            font = frame.paragraphs[0].runs[0].font
            font.size, font.bold = Pt(CORPS), True
