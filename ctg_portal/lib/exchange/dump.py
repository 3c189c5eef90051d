"""The stored rows of a convention as the cells of the exchange tables."""

from pathlib import PurePosixPath

from django.db import models

from ..recherche import normalise
from .cells import clean
from .schema import Children, Column, Table
from .stored import Stored, attname

FOLDER = "fichiers"


def dump_table(table: Table, stored: Stored) -> list[list[str]]:
    """The headings, then one row of texts per stored row, in display order."""
    return _Dump(table, stored).rows()


def cells_by_pk(table: Table, stored: Stored) -> dict[int, dict[str, str]]:
    """The cells of each stored row by column; of a grouped row, those of its first line."""
    dump = _Dump(table, stored)
    return {row.pk: dump.lines_of(row)[0] for row in stored.rows(table)}


def file_paths(table: Table, column: Column, stored: Stored) -> dict[int, str]:
    """The exported path of each row's file: its own name, made distinct within the convention."""
    paths: dict[int, str] = {}
    taken: set[str] = set()
    for row in stored.rows(table):
        name = getattr(row, column.field_name).name
        if not name:
            continue
        pure = PurePosixPath(clean(name))
        path, number = f"{FOLDER}/{pure.name}", 1
        while path.casefold() in taken:
            number += 1
            path = f"{FOLDER}/{pure.stem}-{number}{pure.suffix}"
        taken.add(path.casefold())
        paths[row.pk] = path
    return paths


class _Dump:
    """Everything that the cells of one table need, read once."""

    def __init__(self, table: Table, stored: Stored):
        self.table = table
        self.stored = stored
        self.keys = stored.keys(table) if table.key and not table.single else {}
        self.names = {column.name: self._names(column) for column in table.columns if column.points}
        self.links = {
            column.name: stored.links(table, column) for column in table.columns if column.is_link
        }
        self.paths = {
            column.name: file_paths(table, column, stored)
            for column in table.columns
            if column.file
        }
        self.children = [stored.children(table, child) for child in table.children]

    def _names(self, column: Column) -> dict[int, str]:
        """The key of each row that may be pointed to, in display order."""
        if column.target:
            return self.stored.keys(self.stored.tables[column.target])
        found = {row.pk: key for key, row in self.stored.outside(column).items()}
        if column.outside.label:
            found = {
                row.pk: column.outside.label(row) for row in self.stored.outside(column).values()
            }
        return dict(sorted(found.items(), key=lambda item: (normalise(item[1]), item[1])))

    def rows(self) -> list[list[str]]:
        lines = [[column.name for column in self.table.columns]]
        for row in self.stored.rows(self.table):
            lines += [
                [values[column.name] for column in self.table.columns]
                for values in self.lines_of(row)
            ]
        return lines

    def lines_of(self, row: models.Model) -> list[dict[str, str]]:
        """One line per child of a grouped row, otherwise a single one."""
        cells = {column.name: self._cell(column, row) for column in self.table.columns}
        return self._with_children(row, cells)

    def _cell(self, column: Column, row: models.Model) -> str:
        if column.child:
            return ""
        if column.name == self.table.key and self.keys:
            return self.keys[row.pk]
        if column.file:
            return self.paths[column.name].get(row.pk, "")
        if column.is_reference:
            return self.names[column.name].get(getattr(row, attname(self.table, column)), "")
        if column.is_link:
            linked = set(self.links[column.name].get(row.pk, ()))
            names = self.names[column.name]
            return column.kind.format([name for pk, name in names.items() if pk in linked])
        return column.kind.format(getattr(row, column.field_name))

    def _with_children(self, row: models.Model, cells: dict[str, str]) -> list[dict[str, str]]:
        if not self.table.grouped:
            for child, found in zip(self.table.children, self.children, strict=True):
                ((name, field),) = child.fields.items()
                values = [getattr(one, field) for one in found.get(row.pk, ())]
                cells[name] = self.table.by_name[name].kind.format(values)
            return [cells]
        (child,), (found,) = self.table.children, self.children
        others = dict.fromkeys(cells, "") | {self.table.key: cells[self.table.key]}
        children = found.get(row.pk, ())
        return [
            (cells if place == 0 else others) | self._child_cells(child, one)
            for place, one in enumerate(children)
        ] or [cells]

    def _child_cells(self, child: Children, one: models.Model) -> dict[str, str]:
        return {
            name: self.table.by_name[name].kind.format(getattr(one, field))
            for name, field in child.fields.items()
        }
