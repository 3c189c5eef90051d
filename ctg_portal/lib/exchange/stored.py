"""The rows of one convention as they are stored, in the order of the tables and with their keys."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from .schema import Children, Column, Table


@dataclass
class Stored:
    """Reads each table once; a convention that is not saved yet has no rows.

    Written for both ways: an import compares with what stands here, an export prints it.
    """

    convention: models.Model
    tables: dict[str, Table]
    _rows: dict[str, list[models.Model]] = field(default_factory=dict)
    _keys: dict[str, dict[int, str]] = field(default_factory=dict)
    _outside: dict[int, dict[str, models.Model]] = field(default_factory=dict)

    def rows(self, table: Table) -> list[models.Model]:
        """In the order of the parents, then in the order that people gave."""
        if table.name not in self._rows:
            self._rows[table.name] = self._load(table)
        return self._rows[table.name]

    def _load(self, table: Table) -> list[models.Model]:
        if self.convention.pk is None:
            return []
        rows = table.model._default_manager.filter(**{table.path: self.convention.pk})
        return sorted(rows.order_by("pk"), key=self._place(table))

    def _place(self, table: Table):
        parent = table.by_name[table.parent] if table.parent else None
        places = {}
        if parent is not None and parent.target:
            parents = self.rows(self.tables[parent.target])
            places = {row.pk: place for place, row in enumerate(parents)}

        def place(row: models.Model) -> tuple:
            pk = getattr(row, attname(table, parent)) if parent else None
            return (places.get(pk, len(places)), getattr(row, "ordre", 0), row.pk)

        return place

    def keys(self, table: Table) -> dict[int, str]:
        """The key of each row by its pk: its own, or one made for it where it has none.

        A key made here stands for the same row as long as the row lives, so that a table that
        went out finds its rows again when it comes back.
        """
        if table.name not in self._keys:
            column = table.by_name[table.key]
            rows = self.rows(table)
            pointed_to = {
                getattr(row, attname(table, other))
                for other in table.columns
                if other.is_reference and other.target == table.name
                for row in rows
            }
            self._keys[table.name] = _distinct_keys(
                [(row.pk, column.kind.format(getattr(row, column.field_name))) for row in rows],
                table.name,
                needed={row.pk for row in rows} if column.required else pointed_to,
            )
        return self._keys[table.name]

    def outside(self, column: Column) -> dict[str, models.Model]:
        """Rows that stand outside of the tables, by key."""
        place = id(column.outside)
        if place not in self._outside:
            self._outside[place] = column.outside.index(self.convention)
        return self._outside[place]

    def links(self, table: Table, column: Column) -> dict[int, list[int]]:
        """The pks that each row is linked to by a column of several values."""
        found: dict[int, list[int]] = defaultdict(list)
        if self.convention.pk is None:
            return found
        through, source, target = relation(table.model, column.field_name)
        pairs = through._default_manager.filter(
            **{f"{source}__{table.path}": self.convention.pk}
        ).order_by("pk")
        for source_pk, target_pk in pairs.values_list(f"{source}_id", f"{target}_id"):
            found[source_pk].append(target_pk)
        return found

    def children(self, table: Table, child: Children) -> dict[int, list[models.Model]]:
        """The children of each row, in their order."""
        found: dict[int, list[models.Model]] = defaultdict(list)
        if self.convention.pk is None:
            return found
        rows = child.model._default_manager.filter(
            **{f"{child.parent}__{table.path}": self.convention.pk}
        )
        for row in rows.order_by("ordre", "pk"):
            found[getattr(row, f"{child.parent}_id")].append(row)
        return found


def attname(table: Table, column: Column) -> str:
    """The attribute that holds the pk of the row pointed to."""
    return table.model._meta.get_field(column.field_name).attname


def is_symmetrical(model: type[models.Model], name: str) -> bool:
    """True for a relation between rows of one model that holds both ways."""
    return getattr(model._meta.get_field(name).remote_field, "symmetrical", False)


def points_to(instance: models.Model, name: str, target: models.Model) -> bool:
    """True if this foreign key points to that row, saved or not; never asks the database."""
    key = instance._meta.get_field(name)
    if target.pk is not None:
        return getattr(instance, key.attname) == target.pk
    return key.is_cached(instance) and key.get_cached_value(instance) is target


def relation(model: type[models.Model], name: str) -> tuple[type[models.Model], str, str]:
    """The table of a many-to-many relation seen from either side: model, own field, other field."""
    found = model._meta.get_field(name)
    if isinstance(found, models.ManyToManyField):
        return found.remote_field.through, found.m2m_field_name(), found.m2m_reverse_field_name()
    forward = found.field
    return forward.remote_field.through, forward.m2m_reverse_field_name(), forward.m2m_field_name()


def _distinct_keys(rows: list[tuple[int, str]], prefix: str, *, needed: set[int]) -> dict[int, str]:
    """Keys may repeat where the database only keeps them distinct within a parent."""
    taken: set[str] = {key for _, key in rows}
    given: set[str] = set()
    keys = {}
    for pk, key in rows:
        if key and key not in given:
            given.add(key)
        elif key or pk in needed:
            key = f"{prefix}-{pk}"
            while key in taken:
                key += "-bis"
            taken.add(key)
        keys[pk] = key
    return keys
