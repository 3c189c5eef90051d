"""The frame of a curve: its format, its places along time and its scale of values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby

from ..series import PointSerie, Serie


@dataclass(frozen=True, slots=True)
class Format:
    """Sizes in SVG units; `graduations` is the most steps of the scale, 0 for none.

    `complet` asks for every value, else only for the remarkable ones.
    """

    classe: str
    largeur: float
    trace: float
    corps: float
    rayon: float
    graduations: int
    complet: bool


FORMATS = {
    "large": Format("large", 1080, 300, 15, 5.5, 5, complet=True),
    "moyen": Format("moyenne", 640, 230, 14, 5, 5, complet=True),
    "etroit": Format("etroite", 326, 230, 13, 4.8, 5, complet=True),
    "petit": Format("petite", 300, 92, 14, 4.8, 0, complet=False),
}


@dataclass(frozen=True, slots=True)
class Creneau:
    """One place on the axis of time: a period with its values, or a year without any."""

    label: str
    annee: int
    points: tuple[PointSerie, ...] = ()

    @property
    def est_vide(self) -> bool:
        return not self.points

    @property
    def constatee(self) -> PointSerie | None:
        return self._first(previsionnelle=False)

    @property
    def prevision(self) -> PointSerie | None:
        return self._first(previsionnelle=True)

    @property
    def rangs(self) -> tuple[int, ...]:
        return tuple(point.rang_note for point in self.points if point.rang_note)

    def _first(self, *, previsionnelle: bool) -> PointSerie | None:
        for point in self.points:
            if point.previsionnelle is previsionnelle and point.valeur is not None:
                return point
        return None


@dataclass(frozen=True, slots=True)
class Cadre:
    """What several charts share to be compared: every year, the lowest and the highest value."""

    annees: tuple[int, ...]
    bas: Decimal
    haut: Decimal


def creneaux_of(serie: Serie, annees: tuple[int, ...] | None = None) -> tuple[Creneau, ...]:
    """The places of a series: its periods in order, and each year in between that has none.

    `annees` are the years to be shown where they are more than those of the series.
    """
    placed = [point for point in serie.points if point.annee is not None]
    by_year = {
        annee: list(points) for annee, points in groupby(placed, key=lambda point: point.annee)
    }
    creneaux = []
    for annee in annees or serie.annees:
        if annee not in by_year:
            creneaux.append(Creneau(str(annee), annee))
            continue
        for code, points in groupby(by_year[annee], key=lambda point: point.periode):
            creneaux.append(Creneau(_axis_label(code), annee, tuple(points)))
    return tuple(creneaux)


def trous(creneaux: tuple[Creneau, ...]) -> Iterator[tuple[int, int]]:
    """First and last rank of each run of empty places."""
    for is_empty, run in groupby(enumerate(creneaux), key=lambda pair: pair[1].est_vide):
        if is_empty:
            ranks = [rank for rank, _ in run]
            yield ranks[0], ranks[-1]


@dataclass(frozen=True, slots=True)
class Echelle:
    """The values from `bas` to `haut`, zero always among them, and the steps drawn."""

    bas: Decimal
    haut: Decimal
    pas: tuple[Decimal, ...]

    def part(self, valeur: Decimal) -> float:
        """Height of a value, from 0 at the bottom to 1 at the top."""
        return float((valeur - self.bas) / (self.haut - self.bas))


def echelle_of(valeurs: list[Decimal], graduations: int) -> Echelle:
    bas, haut = min(Decimal(0), *valeurs), max(Decimal(0), *valeurs)
    if bas == haut:
        haut = Decimal(1)
    if not graduations:
        return Echelle(bas, haut, ())
    step = _round_step(haut - bas, graduations)
    if all(valeur == valeur.to_integral_value() for valeur in valeurs):
        # Nobody counts 0,2 structure.
        step = max(step, Decimal(1))
    first = (bas / step).to_integral_value(ROUND_FLOOR)
    last = (haut / step).to_integral_value(ROUND_CEILING)
    steps = tuple(step * rank for rank in range(int(first), int(last) + 1))
    return Echelle(steps[0], steps[-1], steps)


def _round_step(span: Decimal, graduations: int) -> Decimal:
    """The smallest step of 1, 2 or 5 times a power of ten that divides the span in few enough."""
    power = Decimal(1).scaleb((span / graduations).adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * graduations >= span)


def _axis_label(code: str) -> str:
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", code):
        return f"{match[3]}/{match[2]}/{match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d{2})", code):
        return f"{match[2]}/{match[1]}"
    return code
