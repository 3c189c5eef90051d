"""A workbook as plain data: what the two formats are written from."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ctg_portal.lib.dates import DateImpossible, parse_date
from indicators.series import Serie

from ...tree.nodes import Statut

Value = str | int | Decimal | datetime.date | Statut | None

#: What a cell of Excel can hold, less a margin for the signs that count twice.
SIGNES_MAX = 32_000
# What no XML document may hold; line ends are kept.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Kind(Enum):
    """How the values of a column are shown."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    EUROS = "euros"
    PERCENT = "pourcentage"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` counts signs."""

    title: str
    width: int = 16
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Trace:
    """A chart over the rows `first` to `last` of a sheet, one line or bar per column.

    `categories` and `values` are the places of their columns; `kind` is "courbe", "barres" (paired
    bars) or "cumul" (stacked bars, one status per column).
    """

    title: str
    kind: str
    first: int
    last: int
    categories: int
    values: tuple[int, ...]
    serie: Serie | None = None
    tons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `preface` stands above it, `frozen` columns stay in sight at the left."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0
    preface: tuple[tuple[Value, ...], ...] = ()
    traces: tuple[Trace, ...] = ()

    @property
    def heading_row(self) -> int:
        """The place of the column titles, counted from 0."""
        return len(self.preface) + 1 if self.preface else 0


def clean(text: str) -> str:
    """The text without the signs that no workbook may hold."""
    return _REFUSED.sub("", text)


def exact_date(words: str) -> datetime.date | str:
    """The day that these words name, or the words themselves where they say something else."""
    try:
        found = parse_date(words)
    except DateImpossible:
        return words
    return found.debut if found.est_un_jour and str(found) == words else words


def lines_of(values: Iterable[Value], columns: Iterable[Column]) -> int:
    """How many lines the fullest cell of a row takes, by a generous estimate."""
    return max(
        sum(-(-max(1, len(line)) // max(1, column.width - 2)) for line in value.split("\n"))
        if isinstance(value, str)
        else 1
        for value, column in zip(values, columns, strict=False)
    )


def continued(rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """The rows; what is too long for a cell goes on in a row below, so that nothing is lost."""
    for row in rows:
        while any(isinstance(value, str) and len(value) > SIGNES_MAX for value in row):
            yield tuple(v[:SIGNES_MAX] if isinstance(v, str) else v for v in row)
            row = tuple(v[SIGNES_MAX:] if isinstance(v, str) else None for v in row)
        yield row
