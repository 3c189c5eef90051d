"""Series of several structures that may be drawn on one scale: small multiples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ctg_portal.lib.typographie import NBSP

from .charts import Cadre, est_tracable
from .series import Serie, figure


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The series of at least two structures of one type, in one unit."""

    type: str
    series: tuple[Serie, ...]

    @property
    def titre(self) -> str:
        """ "ALSH, heures/enfants"."""
        return f"{self.type}, {self.series[0].unite}"

    @property
    def cadre(self) -> Cadre:
        """Every year of any of them, and the scale that holds them all, zero included."""
        values = [Decimal(0)]
        for serie in self.series:
            values += [serie.cible] if serie.cible is not None else []
            for point in serie.points:
                values += [v for v in (point.valeur, point.valeur_max) if v is not None]
        years = [year for serie in self.series for year in serie.annees]
        return Cadre(tuple(range(min(years), max(years) + 1)), min(values), max(values))

    @property
    def echelle(self) -> str:
        """ "Même échelle pour toutes : de 0 à 36 424 heures/enfants, de 2019 à 2023."."""
        cadre, first = self.cadre, self.series[0]
        decimals = max(serie.decimales for serie in self.series)
        low, high = figure(cadre.bas, decimals), figure(cadre.haut, decimals)
        return (
            f"Même échelle pour toutes{NBSP}: de {low} à {high} {first.unite},"
            f" de {cadre.annees[0]} à {cadre.annees[-1]}."
        )


def comparaisons_of(series: Iterable[Serie], types: Mapping[int, str]) -> list[Comparaison]:
    """The groups that can be compared, in the order of their first series.

    Comparable: a type of structure (`types`, by indicator), a unit, a nature and a kind of period
    in common, and a chart to draw, for two structures or more. Two indicators of one structure
    with all of that in common are two different things: none of them is compared.
    """
    groups: dict[tuple, list[Serie]] = {}
    for serie in series:
        type_, kinds = types.get(serie.pk, ""), {len(point.periode) for point in serie.points}
        if type_ and serie.unite and serie.structure and len(kinds) == 1 and est_tracable(serie):
            key = (type_, serie.unite, serie.nature, *kinds)
            groups.setdefault(key, []).append(serie)
    return [
        Comparaison(key[0], tuple(group))
        for key, group in groups.items()
        if len(group) > 1 and len({serie.structure for serie in group}) == len(group)
    ]
