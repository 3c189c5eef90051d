"""An axe: its objectifs, its fiches, the points of each year."""

from dataclasses import dataclass

from indicators.series import Serie

from .base import Comptes, Renvoi, Texte
from .fiche import Fiche


@dataclass(frozen=True, slots=True)
class Objectif:
    """An objectif and its fiches; without title it gathers the fiches that have none."""

    code: str
    intitule: str
    fiches: tuple[Fiche, ...]

    def __str__(self):
        return f"{self.code}. {self.intitule}" if self.code else self.intitule


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the year; `devenir`, `fiche` and `reprend` say where it led or came from.

    `pk` is never printed: two bilans find the same perspective again by it.
    """

    texte: Texte
    devenir: str = ""
    fiche: Renvoi | None = None
    reprend: str = ""
    repris_par: tuple[str, ...] = ()
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class PointsAnnee:
    """The points of one exercice, of an axe or of the whole convention.

    `precedentes` are the perspectives that the exercice before had written for this one.
    """

    exercice: int
    forts: tuple[Point, ...] = ()
    faibles: tuple[Point, ...] = ()
    perspectives: tuple[Point, ...] = ()
    precedentes: tuple[Point, ...] = ()
    phares: tuple[Point, ...] = ()
    notes: tuple[Point, ...] = ()

    @property
    def annee_suivante(self) -> int:
        return self.exercice + 1

    @property
    def sans_phares(self) -> bool:
        """True when something else than éléments phares stands here."""
        return bool(
            self.forts or self.faibles or self.perspectives or self.precedentes or self.notes
        )


@dataclass(frozen=True, slots=True)
class Axe:
    ancre: str
    numero: str
    intitule: str
    intitule_court: str
    mot: str
    presentation: Texte
    pilotes: tuple[str, ...]
    thematiques: tuple[str, ...]
    fiches_annoncees: int | None
    comptes: Comptes
    objectifs: tuple[Objectif, ...]
    indicateurs: tuple[Serie, ...]
    annees: tuple[PointsAnnee, ...]

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        return tuple(fiche for objectif in self.objectifs for fiche in objectif.fiches)

    @property
    def repere(self) -> str:
        """ "Axe 1", or the territory's word alone where there is no number."""
        return f"{self.mot} {self.numero}" if self.numero else self.mot

    @property
    def nom_court(self) -> str:
        return self.intitule_court or self.intitule

    @property
    def annonce_differe(self) -> bool:
        """True when the signed convention announced another number of fiches than was entered."""
        return self.fiches_annoncees not in (None, self.comptes.fiches)
