"""What is wrong in the tables that somebody brings, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Niveau(StrEnum):
    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"


@dataclass(frozen=True, slots=True)
class Probleme:
    """One sentence in French about a place of the tables.

    `ligne` is the number that a spreadsheet shows in its margin (the headings are line 1); an
    empty part stands for the whole table, or for the whole file.
    """

    table: str
    ligne: int | None
    colonne: str
    message: str
    niveau: Niveau = Niveau.ERREUR

    def __str__(self):
        ligne = f"ligne {self.ligne}" if self.ligne else ""
        lieu = ", ".join(part for part in (self.table, ligne, self.colonne) if part)
        return f"{lieu} : {self.message}" if lieu else self.message

    @property
    def est_erreur(self) -> bool:
        return self.niveau is Niveau.ERREUR


class SourceIllisible(Exception):
    """The container itself cannot be opened; the message, in French, says why."""


class ImportRefuse(Exception):
    """Nothing was written; `problemes` lists errors and warnings in the order of the tables."""

    def __init__(self, problemes: Iterable[Probleme]):
        self.problemes = list(problemes)
        super().__init__("\n".join(str(probleme) for probleme in self.problemes))
