"""What an import would do: every row of the tables beside the row it stands for, if there is one.

Nothing is written here. Rules of an update:

- a row with a key is the stored row of the same key, or a new one;
- a row without a key is told among the rows of the same parent by what it says (`Table.alike`),
  then, where the table allows it, by its place;
- a column or a table that the file does not hold is left alone, an empty cell empties the field;
- stored rows that the file does not hold are taken away only from tables of rows without history
  (`Table.removable`), and only under the parents that the same table names in the file; all the
  others are left in place, and counted.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from django.db import models

from ..recherche import normalise
from .cells import Several
from .matching import match_rows
from .ordering import set_order
from .parsing import Parsed, Row
from .problems import Niveau
from .schema import Column, Table, empty_value, refusals
from .stored import Stored, attname, is_symmetrical, points_to


@dataclass(eq=False)
class PlannedRow:
    """One row of the file and its instance, with what an import would change in it."""

    row: Row
    instance: models.Model
    parent: models.Model | None = None
    changes: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)
    links: dict[str, list[models.Model]] = field(default_factory=dict)
    children: list[list[dict]] = field(default_factory=list)
    later: dict[str, models.Model] = field(default_factory=dict)
    # By field: the name of the stored file that goes.
    lost_files: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None


@dataclass(eq=False)
class PlannedTable:
    table: Table
    rows: list[PlannedRow] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)
    left: list[models.Model] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them; "laissees" stand in the database and not in the file."""
        created = sum(row.is_new for row in self.rows)
        changed = sum(bool(row.changes) and not row.is_new for row in self.rows)
        return {
            "creees": created,
            "modifiees": changed,
            "inchangees": len(self.rows) - created - changed,
            "retirees": len(self.removed),
            "laissees": len(self.left),
        }


@dataclass(eq=False)
class Plan:
    """Tables in the order in which they can be written; `extra` are rows made on the way."""

    convention: models.Model
    stored: Stored
    tables: dict[str, PlannedTable] = field(default_factory=dict)
    extra: list[models.Model] = field(default_factory=list)


class Planner:
    """Builds the plan table by table; problems go to `parsed`."""

    def __init__(self, parsed: Parsed, stored: Stored, *, update: bool):
        self.parsed = parsed
        self.stored = stored
        self.update = update
        self.plan = Plan(stored.convention, stored)
        self.instances: dict[str, dict[str, models.Model]] = {}
        self.names: dict[str, dict[str, models.Model | None]] = {}

    def build(self) -> Plan:
        tables = self.stored.tables
        single = {name for name, table in tables.items() if table.single}
        before = {
            name: ({column.target for column in table.columns} & set(tables) | single) - {name}
            for name, table in tables.items()
        }
        for name in TopologicalSorter(before).static_order():
            self._index_stored(tables[name])
            if name in self.parsed.rows:
                self._plan_table(tables[name], self.parsed.rows[name])
            self._index_names(tables[name])
        return self.plan

    def _index_stored(self, table: Table) -> None:
        """What cells may point to before the file adds to it."""
        index = self.instances.setdefault(table.name, {})
        if not table.key or table.single:
            return
        keys = self.stored.keys(table)
        for instance in self.stored.rows(table):
            index[table.key_of(keys[instance.pk])] = instance
        index.pop("", None)

    def _plan_table(self, table: Table, rows: list[Row]) -> None:
        planned = self.plan.tables[table.name] = PlannedTable(table)
        self._refuse_repeated_keys(table, rows)
        parents = [self._parent(table, row) for row in rows]
        for row, parent, instance in zip(
            rows, parents, match_rows(table, rows, parents, self.stored), strict=True
        ):
            instance = instance or self._new(table)
            planned.rows.append(PlannedRow(row, instance, parent))
            if table.key and (key := row.values.get(table.key)):
                self.instances[table.name][table.key_of(key)] = instance
        links = {
            column.name: self.stored.links(table, column)
            for column in table.columns
            if column.is_link
        }
        for one in planned.rows:
            self._fill(table, one)
        for name, stored in links.items():
            self._compare_links(planned, table.by_name[name], stored)
        self._compare_children(planned)
        self._plan_absent(planned)
        if table.keeps_order:
            set_order(planned)

    def _new(self, table: Table) -> models.Model:
        if table.single:
            return self.plan.convention
        instance = table.model()
        if any(one.name == "convention" for one in table.model._meta.concrete_fields):
            instance.convention = self.plan.convention
        return instance

    def _index_names(self, table: Table) -> None:
        """The other name by which a row may be pointed to, where it alone bears it."""
        if not table.also:
            return
        field = table.by_name[table.also].field_name
        names = self.names.setdefault(table.name, {})
        rows = {id(row): row for row in self.instances[table.name].values()}
        for row in rows.values():
            name = normalise(getattr(row, field))
            names[name] = None if name in names else row

    def _refuse_repeated_keys(self, table: Table, rows: list[Row]) -> None:
        first: dict[str, Row] = {}
        for row in rows if table.key else ():
            key = row.values.get(table.key)
            if not key:
                continue
            known = first.setdefault(table.key_of(key), row)
            if known is not row:
                self.parsed.refuse(
                    row, table.key, f"« {key} » est déjà donné à la ligne {known.line}."
                )

    def _parent(self, table: Table, row: Row) -> models.Model | None:
        if not table.parent:
            return None
        column = table.by_name[table.parent]
        return self._find(column, row.values.get(column.name))

    # --- Values -------------------------------------------------------------------------------

    def _fill(self, table: Table, one: PlannedRow) -> None:
        for column in table.columns:
            if column.name not in one.row.values or column.child or column.file:
                continue
            if column.is_link:
                self._fill_link(column, one)
            elif column.is_reference:
                self._fill_reference(table, column, one)
            else:
                self._fill_plain(table, column, one)
        one.children = [
            _children_of(child, one.row, number) for number, child in enumerate(table.children)
        ]

    def _compare_children(self, planned: PlannedTable) -> None:
        for number, child in enumerate(planned.table.children):
            stored = self.stored.children(planned.table, child)
            for one in planned.rows:
                wanted = one.children[number]
                if wanted is None:
                    continue
                known = [
                    {name: getattr(row, name) for name in child.fields.values()}
                    for row in stored.get(one.instance.pk, ())
                ]
                if wanted != known:
                    one.changes.add(child.parent + "_set")

    def _fill_plain(self, table: Table, column: Column, one: PlannedRow) -> None:
        value = one.row.values[column.name]
        model_field = table.model._meta.get_field(column.field_name)
        if value is None:
            value = empty_value(model_field)
        before = getattr(one.instance, column.field_name)
        if not one.is_new:
            if column.kind.format(before) == column.kind.format(value):
                return
            if column.frozen:
                self.parsed.refuse(
                    one.row,
                    column.name,
                    "ce texte est signé : il ne change pas, la cellule est laissée de côté.",
                    Niveau.AVERTISSEMENT,
                )
                return
        is_made = column.name == table.key and self._is_made_key(table, one)
        setattr(one.instance, column.field_name, value)
        (one.quiet if is_made else one.changes).add(column.field_name)

    def _is_made_key(self, table: Table, one: PlannedRow) -> bool:
        """True for the key that an export made for this row: keeping it changes nothing it says."""
        return (
            not (table.single or one.is_new)
            and self.stored.keys(table)[one.instance.pk] == one.row.values[table.key]
        )

    def _fill_reference(self, table: Table, column: Column, one: PlannedRow) -> None:
        key = one.row.values[column.name]
        found = self._resolve(column, key, one.row) if key else None
        if key and found is None:
            return
        if found is not None and column.agrees_with:
            self._check_agreement(table, column, one, found)
        if not one.is_new and getattr(one.instance, attname(table, column)) == (
            found.pk if found is not None else None
        ):
            return
        one.changes.add(column.field_name)
        if found is not None and column.target == table.name and found.pk is None:
            one.later[column.field_name] = found
        else:
            setattr(one.instance, column.field_name, found)

    def _check_agreement(self, table, column: Column, one: PlannedRow, found) -> None:
        """An objectif of another axe, a volet of another fiche."""
        other = table.by_name[column.agrees_with]
        expected = self._find(other, one.row.values.get(other.name))
        if expected is not None and not points_to(found, other.field_name, expected):
            self.parsed.refuse(
                one.row,
                column.name,
                f"« {one.row.values[column.name]} » n’appartient pas à"
                f" « {one.row.values[other.name]} » ({other.name}).",
            )

    def _fill_link(self, column: Column, one: PlannedRow) -> None:
        keys = one.row.values[column.name] or ()
        found = [self._resolve(column, key, one.row) for key in keys]
        # Rows that are not saved yet cannot be hashed.
        one.links[column.name] = list({id(row): row for row in found if row is not None}.values())

    def _compare_links(self, planned: PlannedTable, column: Column, stored: dict) -> None:
        """A link that goes both ways may be given by either of its two rows."""
        rows = [one for one in planned.rows if column.name in one.links]
        if is_symmetrical(planned.table.model, column.field_name):
            by_instance = {id(one.instance): one for one in rows}
            for one in rows:
                for linked in list(one.links[column.name]):
                    other = by_instance.get(id(linked))
                    if other and one.instance not in other.links[column.name]:
                        other.links[column.name].append(one.instance)
        for one in rows:
            before = set(stored.get(one.instance.pk, ())) if not one.is_new else set()
            if before != {row.pk for row in one.links[column.name]}:
                one.changes.add(column.field_name)

    # --- Rows pointed to ----------------------------------------------------------------------

    def _find(self, column: Column, key: str | None) -> models.Model | None:
        if not key:
            return None
        if column.outside:
            return self.stored.outside(column).get(column.outside.key(key))
        table = self.stored.tables[column.target]
        found = self.instances[table.name].get(table.key_of(key))
        return found or self.names.get(table.name, {}).get(normalise(key))

    def _resolve(self, column: Column, key: str, row: Row) -> models.Model | None:
        found = self._find(column, key)
        if found is not None:
            return found
        if column.outside and column.outside.create:
            found = column.outside.create(self.plan.convention, key)
            for message in refusals(found):
                self.parsed.refuse(row, column.name, f"« {key} » : {message}")
            self.stored.outside(column)[column.outside.key(key)] = found
            self.plan.extra.append(found)
            return found
        known, place = self._known(column)
        self.parsed.refuse(
            row, column.name, f"« {key} » ne se trouve pas dans {place}.{_near(key, known)}"
        )
        return None

    def _known(self, column: Column) -> tuple[Iterable[str], str]:
        if column.outside:
            return self.stored.outside(column), column.outside.nom
        return self.instances[column.target], f"la table {column.target}"

    def _plan_absent(self, planned: PlannedTable) -> None:
        if not self.update or planned.table.single:
            return
        table = planned.table
        present = {one.instance.pk for one in planned.rows}
        absent = [row for row in self.stored.rows(table) if row.pk not in present]
        if not table.removable:
            planned.left = absent
            return
        column = table.by_name[table.parent] if table.parent else None
        named = {one.parent.pk if one.parent else None for one in planned.rows}
        for row in absent:
            parent = getattr(row, attname(table, column)) if column else None
            (planned.removed if parent in named else planned.left).append(row)


def _children_of(child, row: Row, number: int) -> list[dict] | None:
    """Values of the children by field; None when the file does not hold their columns."""
    if not any(name in row.values for name in child.fields):
        return None
    if row.children:
        groups = [group[number] for group in row.children]
        kept = [group for group in groups if any(group)]
        return [
            {name: value or "" for name, value in zip(child.fields.values(), group, strict=True)}
            for group in kept
        ]
    ((column, name),) = child.fields.items()
    if not isinstance(row.table.by_name[column].kind, Several):
        return [{name: row.values[column]}] if row.values[column] else []
    return [{name: value} for value in row.values[column] or ()]


def _near(key: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(key, [name for name in known if name], n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {found[0]} » ?" if found else ""
