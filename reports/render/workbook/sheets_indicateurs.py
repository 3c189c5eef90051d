"""Indicators twice: one row per indicator with a column per period, and one row per value."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts import est_tracable
from indicators.charts.bars import can_be_bars
from indicators.series import PointSerie, Serie

from ...tree import Bilan
from .model import Column, Kind, Sheet, Trace, Value
from .sheets_fiches import each_fiche


@dataclass(frozen=True, slots=True)
class Place:
    """A series and what it belongs to."""

    serie: Serie
    axe: str
    code: str
    fiche: str
    volet: str

    @property
    def keys(self) -> tuple[str, ...]:
        return self.axe, self.code, self.fiche, self.volet, self.serie.intitule, self.serie.unite


REPERES = (
    Column("Axe", 18),
    Column("Code", 9),
    Column("Fiche", 34),
    Column("Volet", 26),
    Column("Indicateur", 44),
    Column("Unité", 18),
)


def indicateurs_sheets(tree: Bilan) -> Iterator[Sheet]:
    places = list(_places(tree))
    yield _wide(places)
    yield _long(places)


def _places(tree: Bilan) -> Iterator[Place]:
    for serie in tree.indicateurs:
        yield Place(serie, "Toute la convention", "", "", "")
    for axe in tree.axes:
        for serie in axe.indicateurs:
            yield Place(serie, axe.repere, "", "", "")
    for axe, _, fiche in each_fiche(tree):
        where = axe.repere, fiche.repere, fiche.intitule
        for serie in fiche.indicateurs:
            yield Place(serie, *where, "")
        for volet in fiche.volets:
            for serie in volet.indicateurs:
                yield Place(serie, *where, volet.titre)


def _wide(places: list[Place]) -> Sheet:
    """Measured values first, forecasts apart; a value in words stays in words."""
    periods = _periods(places)
    columns = (
        *REPERES,
        *(
            Column(f"{label} (prév.)" if is_forecast else label, 12, Kind.NUMBER)
            for _, label, is_forecast in periods
        ),
        Column("Évolution", 12, Kind.NUMBER),
        Column("Évolution en %", 12, Kind.PERCENT),
        Column("Évolution imprimée par le document d’origine", 24),
        Column("Valeur initiale", 12, Kind.NUMBER),
        Column("Cible", 12, Kind.NUMBER),
        Column("Pour", 12),
        Column("Structure", 30),
        Column("Note", 60),
    )
    rows = []
    for place in places:
        serie = place.serie
        known = {_period(point): _figure(point) for point in serie.points}
        rows.append(
            (
                *place.keys,
                *(known.get(period) for period in periods),
                serie.variation.ecart if serie.variation else None,
                _share(serie),
                serie.variation_imprimee,
                serie.valeur_initiale,
                serie.cible,
                serie.cible_periode,
                serie.structure,
                serie.note,
            )
        )
    return Sheet("Indicateurs", columns, tuple(rows), 5)


def _periods(places: list[Place]) -> list[tuple[str, str, bool]]:
    found = {_period(point) for place in places for point in place.serie.points}
    return sorted(found, key=lambda period: (period[2], period[0]))


def _period(point: PointSerie) -> tuple[str, str, bool]:
    return point.periode, point.label, point.previsionnelle


def _figure(point: PointSerie) -> Decimal | str:
    """The number, or the words where there is more to say than a number."""
    is_plain = point.valeur is not None and not point.borne and point.valeur_max is None
    return point.valeur if is_plain else point.affichage


def _share(serie: Serie) -> Decimal | None:
    """The change as a part of one, which spreadsheets show in %; none for a rate."""
    change = serie.variation
    if change is None or change.pourcent is None or change.est_un_taux:
        return None
    return change.pourcent / 100


VALEUR, PREVISION, CIBLE = 7, 8, 9


def _long(places: list[Place]) -> Sheet:
    """One row per value, and one for each missing year between two; the charts stand on it."""
    columns = (
        *REPERES,
        Column("Période", 14),
        Column("Valeur", 14, Kind.NUMBER),
        Column("Prévision", 14, Kind.NUMBER),
        Column("Cible", 12, Kind.NUMBER),
        Column("En mots", 22),
        Column("Période partielle", 10),
        Column("Hors de la convention", 12),
        Column("Note", 60),
    )
    rows: list[tuple[Value, ...]] = []
    traces = []
    for place in places:
        first = len(rows)
        rows += _value_rows(place)
        if est_tracable(place.serie):
            traces.append(_trace(place, first, len(rows) - 1))
    return Sheet("Valeurs", columns, tuple(rows), 5, traces=tuple(traces))


def _trace(place: Place, first: int, last: int) -> Trace:
    serie = place.serie
    values = [VALEUR]
    if serie.previsions:
        values.append(PREVISION)
    if serie.cible is not None:
        values.append(CIBLE)
    title = f"{place.code} {serie.intitule}".strip()
    if serie.unite:
        title += f" ({serie.unite})"
    kind = "barres" if can_be_bars(serie) and not serie.a_des_trous else "courbe"
    return Trace(title, kind, first, last, 6, tuple(values), serie)


def _value_rows(place: Place) -> Iterator[tuple[Value, ...]]:
    serie = place.serie
    known = {point.annee for point in serie.points}
    rows = [(_order(point), _value_row(place, point)) for point in serie.points]
    rows += [
        ((year, "", 0), (*place.keys, str(year), None, None, serie.cible, "non renseigné"))
        for year in serie.annees
        if year not in known
    ]
    width = len(REPERES) + 8
    for _, row in sorted(rows, key=lambda found: found[0]):
        yield (*row, *[None] * (width - len(row)))


def _order(point: PointSerie) -> tuple[int, str, int]:
    return point.annee or 9999, point.periode, int(point.previsionnelle)


def _value_row(place: Place, point: PointSerie) -> tuple[Value, ...]:
    is_forecast = point.previsionnelle
    return (
        *place.keys,
        point.label,
        None if is_forecast else point.valeur,
        point.valeur if is_forecast else None,
        place.serie.cible,
        "" if _figure(point) == point.valeur else point.affichage,
        "oui" if point.partielle else "",
        "oui" if point.hors_periode else "",
        point.note,
    )
