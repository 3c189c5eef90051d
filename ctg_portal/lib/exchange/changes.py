"""What a plan would do, row by row, in the words of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .cells import clean
from .dump import cells_by_pk
from .plan import Plan, PlannedRow, PlannedTable
from .schema import Column, Table
from .stored import Stored

LONGUEUR = 80


class Genre(StrEnum):
    CREEE = "créée"
    MODIFIEE = "modifiée"
    RETIREE = "retirée"


@dataclass(frozen=True, slots=True)
class Cellule:
    """One cell that changes, before and after; both empty where only the row can tell."""

    colonne: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Changement:
    """One row: `ligne` is that of the file (None: it is not in it), `pk` that of the stored one."""

    table: str
    ligne: int | None
    pk: int | None
    genre: Genre
    nom: str
    cellules: tuple[Cellule, ...] = ()


def changes_of(plan: Plan, before: Stored) -> list[Changement]:
    """Every row that the plan creates, changes or removes, in the order of the tables.

    `before` reads the same convention afresh: planning fills the instances of `plan.stored`.
    """
    changes = [
        Changement(str(row._meta.verbose_name_plural), None, None, Genre.CREEE, str(row))
        for row in plan.extra
    ]
    for name in before.tables:
        if name in plan.tables:
            changes += _changes_of_table(plan.tables[name], before)
    return changes


def _changes_of_table(planned: PlannedTable, before: Stored) -> Iterator[Changement]:
    table = planned.table
    known = planned.removed or any(one.changes and not one.is_new for one in planned.rows)
    stored = cells_by_pk(table, before) if known else {}
    for one in planned.rows:
        if one.is_new:
            nom = _name(table, _cells_after(one))
            yield Changement(table.name, one.row.line, None, Genre.CREEE, nom)
        elif one.changes:
            cells = stored[one.instance.pk]
            after = cells | _cells_after(one)
            yield Changement(
                table.name,
                one.row.line,
                one.instance.pk,
                Genre.MODIFIEE,
                _name(table, after),
                tuple(_changed_cells(table, one, cells, after)),
            )
    for row in planned.removed:
        yield Changement(table.name, None, row.pk, Genre.RETIREE, _name(table, stored[row.pk]))


def _cells_after(one: PlannedRow) -> dict[str, str]:
    return {
        column.name: _text(column, one)
        for column in one.row.table.columns
        if column.name in one.row.values
    }


def _text(column: Column, one: PlannedRow) -> str:
    if column.is_plain:
        return column.kind.format(getattr(one.instance, column.field_name))
    value = one.row.values[column.name]
    return column.kind.format(value) if value else ""


def _changed_cells(table: Table, one: PlannedRow, before: dict, after: dict) -> Iterator[Cellule]:
    children = {name for child in table.children for name in child.fields}
    sets_changed = any(f"{child.parent}_set" in one.changes for child in table.children)
    for column in table.columns:
        if column.name in children:
            if sets_changed and column.name in one.row.values:
                # The other lines of a grouped row are not in these cells.
                told = not table.grouped
                yield Cellule(column.name, before[column.name] * told, after[column.name] * told)
        elif column.field_name in one.changes:
            yield Cellule(column.name, before[column.name], after[column.name])
    if "ordre" in one.changes:
        yield Cellule("place dans la liste", "", "")


def _name(table: Table, cells: dict[str, str]) -> str:
    """What tells this row from the others: its required cells, then those it is told again by."""
    names = [column.name for column in table.columns if column.required]
    names += [name for name in table.alike if name not in names]
    return " · ".join(filter(None, (shorten(cells.get(name, "")) for name in names)))


def shorten(texte: str) -> str:
    """On one line, cut with an ellipsis."""
    line = " ".join(clean(texte).split())
    return line if len(line) <= LONGUEUR else f"{line[:LONGUEUR].rstrip()}…"
