"""Cutting without hiding it: a text at a length, names at a length, facts by their date."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ctg_portal.lib.dates import DateImpossible, parse_date
from ctg_portal.lib.typographie import abrege, compte

from ..tree.nodes import Fiche, Texte

# A line that ends before the margin takes the place of that many signs.
SIGNES_PAR_LIGNE = 40
DATE, PRECISION = 60, 100
Ligne = TypeVar("Ligne")
_ANNEE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Passage:
    """A rich text in `signes` at most: whole, or its first words alone; nothing for 0."""

    texte: Texte
    signes: int

    def __bool__(self):
        return bool(self.texte) and self.signes > 0

    @property
    def coupe(self) -> bool:
        """True when something of it is missing from the sheet."""
        return bool(self.texte) and self._place > self.signes

    @property
    def html(self) -> SafeString:
        if not self:
            return SafeString("")
        if not self.coupe:
            return self.texte.html
        return format_html("<p>{}</p>", abrege(_words(self.texte.brut), self.signes))

    @property
    def mots(self) -> str:
        """The same as plain words, for a line of a list."""
        return abrege(_words(self.texte.brut), self.signes) if self else ""

    @property
    def _place(self) -> int:
        lines = self.texte.brut.strip().count("\n")
        return len(_words(self.texte.brut)) + SIGNES_PAR_LIGNE * lines


@lru_cache(maxsize=4096)
def _words(brut: str) -> str:
    """The words of a rich text: asked for at every level of a sheet."""
    return Texte(brut).simple


def noms(names: Sequence[str], signes: int, separateur: str = ", ") -> str:
    """Names in a line; past `signes`, those that are left are counted: "Aa, Bb et 3 autres"."""
    kept: list[str] = []
    for name in names:
        if kept and len(separateur.join([*kept, name])) > signes:
            break
        kept.append(abrege(name, signes))
    text, left = separateur.join(kept), len(names) - len(kept)
    return f"{text} et {compte(left, 'autre')}" if left else text


@dataclass(frozen=True, slots=True)
class Lignes(Generic[Ligne]):
    """The lines of a list that a sheet keeps, and how many stand elsewhere only."""

    lignes: tuple[Ligne, ...] = ()
    omises: int = 0

    def __bool__(self):
        return bool(self.lignes or self.omises)

    @classmethod
    def premieres(cls, found: Sequence[Ligne], count: int) -> "Lignes[Ligne]":
        return cls(tuple(found[:count]), max(0, len(found) - count))

    @classmethod
    def dernieres(cls, found: Sequence[Ligne], count: int) -> "Lignes[Ligne]":
        left = max(0, len(found) - count)
        return cls(tuple(found[left:]), left)


@dataclass(frozen=True, slots=True)
class Fait:
    """Something that was done, as a sheet prints it; `volet` is the rank of its volet, if any."""

    date: str
    niveau: int
    texte: Passage
    precision: str
    volet: int | None = None


def facts_of(fiche: Fiche, signes: int) -> list[Fait]:
    """Everything that was done in a fiche, then in its volets, in the order of the tree."""

    def facts(realisations, volet=None):
        return [
            Fait(
                abrege(row.date, DATE),
                row.niveau,
                Passage(row.texte, signes),
                abrege(row.precision, PRECISION),
                volet,
            )
            for row in realisations
        ]

    found = facts(fiche.realisations)
    for rank, volet in enumerate(fiche.volets):
        found += facts(volet.realisations, rank)
    return found


def latest_facts(facts: Sequence[Fait], count: int) -> list[Fait]:
    """At most `count` facts, the latest ones, in the order they came.

    A fact of level 2 goes with the one above it. Those without a date count as the oldest.
    """
    if len(facts) <= count:
        return list(facts)
    latest = sorted(_blocks(facts), key=lambda block: max(map(_day, block)), reverse=True)
    kept: list[Fait] = []
    for block in latest:
        kept += block[: count - len(kept)]
    wanted = set(map(id, kept))
    return [fact for fact in facts if id(fact) in wanted]


def _blocks(facts: Sequence[Fait]) -> list[list[Fait]]:
    blocks: list[list[Fait]] = []
    for fact in facts:
        if fact.niveau > 1 and blocks and blocks[-1][0].volet == fact.volet:
            blocks[-1].append(fact)
        else:
            blocks.append([fact])
    return blocks


def _day(fact: Fait) -> datetime.date:
    """The last day of a date in words; of words that name a year only, its first day."""
    try:
        return parse_date(fact.date).fin
    except DateImpossible:
        years = _ANNEE.findall(fact.date)
        return datetime.date(int(years[-1]), 1, 1) if years else datetime.date.min
