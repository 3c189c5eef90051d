"""The period that the value of an indicator stands for."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .dates import MOIS, DateImpossible, parse_date

CONVENTION = "convention"


class TypePeriode(StrEnum):
    ANNEE = "annee"
    ANNEE_SCOLAIRE = "scolaire"
    MOIS = "mois"
    JOUR = "jour"
    CONVENTION = "convention"


class PeriodeImpossible(ValueError):
    """The text is not a period; the message, in French, says which forms are accepted."""


@dataclass(frozen=True, slots=True)
class Periode:
    """A civil year (2019), a school year (2021/2022), a month or day, or the whole convention.

    `code` is the stored and exchanged form; `annee` the year on which charts place the value
    (a school year is placed on the year in which it ends), None for the whole convention.
    """

    code: str
    type: TypePeriode
    annee: int | None

    def __str__(self):
        if self.type is TypePeriode.CONVENTION:
            return "toute la convention"
        if self.type is TypePeriode.MOIS:
            year, month = self.code.split("-")
            return f"{MOIS[int(month) - 1]} {year}"
        if self.type is TypePeriode.JOUR:
            return parse_date(self.code).en_mots
        return self.code

    @property
    def rang(self) -> tuple:
        """Sort key: by time, the whole convention last."""
        return (self.annee is None, self.annee or 0, self.code)


# A grid reads hundreds of stored values of a dozen periods.
@lru_cache(maxsize=512)
def parse_periode(texte: str) -> Periode:
    """Read `2019`, `2021/2022` (or `2021-2022`), `2022-06`, `2022-12-31`, `convention`.

    Raises PeriodeImpossible (French message).
    """
    brut = " ".join(texte.split()).casefold()
    if brut in {CONVENTION, "toute la convention"}:
        return Periode(CONVENTION, TypePeriode.CONVENTION, None)
    if match := re.fullmatch(r"(\d{4})\s*[/-]\s*(\d{4})", brut):
        start, end = int(match[1]), int(match[2])
        if end != start + 1:
            raise PeriodeImpossible(
                "Une année scolaire va d’une année à la suivante : « 2021/2022 »."
            )
        return Periode(f"{start}/{end}", TypePeriode.ANNEE_SCOLAIRE, end)
    try:
        date = parse_date(brut)
    except DateImpossible:
        date = None
    if date is None or date.est_plage or date.texte:
        raise PeriodeImpossible(
            "Écrivez une année (« 2019 »), une année scolaire (« 2021/2022 »), un mois"
            " (« 2022-06 »), un jour (« 2022-12-31 ») ou « convention »."
        )
    kind = {"a": TypePeriode.ANNEE, "m": TypePeriode.MOIS, "j": TypePeriode.JOUR}[date.precision]
    return Periode(date.code, kind, date.annee)


def current_year(today: datetime.date) -> Periode:
    return Periode(str(today.year), TypePeriode.ANNEE, today.year)
