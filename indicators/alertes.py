"""What the values of an indicator let one suspect: pointed out, never refused."""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ctg_portal.lib.typographie import NBSP

from .series import PointSerie, Serie

BOND = 3  # a figure that is multiplied or divided by more than this is looked at again


class Doute(StrEnum):
    BOND = "bond"
    HORS_CONVENTION = "hors-convention"
    PREVISION_PASSEE = "prevision-passee"


@dataclass(frozen=True, slots=True)
class Alerte:
    """One doubt about one value. `phrase` is whole: "Jours d’ouverture, 2023 : de 60 à 940…"."""

    doute: Doute
    indicateur: int
    periode: str
    phrase: str


def alertes_of(
    serie: Serie, *, annee_courante: int, periodes: Container[str] | None = None
) -> list[Alerte]:
    """The doubts about the values of a series, or about those of these `periodes` (codes).

    A measured number more than three times the measured number before it (the one after it, for
    the first), or less than a third of it; a year outside the convention; a forecast for a year
    that is over.
    """
    found, chiffrees = [], serie.chiffrees
    for point in serie.points:
        if periodes is not None and point.periode not in periodes:
            continue
        for doute, words in _doubts(chiffrees, point, annee_courante):
            phrase = f"{serie.intitule}, {point.label}{NBSP}: {words}"
            found.append(Alerte(doute, serie.pk, point.periode, phrase))
    return found


def _doubts(chiffrees: tuple[PointSerie, ...], point: PointSerie, annee_courante: int):
    neighbour, is_before = _neighbour(chiffrees, point)
    pair = (neighbour, point) if is_before else (point, neighbour)
    if neighbour is not None and leaps(*(one.valeur for one in pair)):
        yield (
            Doute.BOND,
            f"{point.affichage}, contre {neighbour.affichage} {neighbour.quand}.",
        )
    if point.hors_periode:
        yield Doute.HORS_CONVENTION, "cette période est hors de la convention."
    if point.previsionnelle and point.annee is not None and point.annee < annee_courante:
        yield (
            Doute.PREVISION_PASSEE,
            f"une prévision ({point.affichage}) pour une année passée.",
        )


def leaps(avant: Decimal, apres: Decimal) -> bool:
    """Whether a figure more than trebles or falls under a third; a start from zero is neither."""
    return bool(avant) and (abs(apres) > BOND * abs(avant) or abs(avant) > BOND * abs(apres))


def _neighbour(
    chiffrees: tuple[PointSerie, ...], point: PointSerie
) -> tuple[PointSerie | None, bool]:
    """The measured number that this one is compared with, and whether it comes before."""
    if not point.est_exacte:
        return None, True
    rank = chiffrees.index(point)
    if rank:
        return chiffrees[rank - 1], True
    return (chiffrees[1] if len(chiffrees) > 1 else None), False
