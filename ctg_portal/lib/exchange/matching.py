"""Which stored row each row of the file stands for."""

from collections import defaultdict
from itertools import zip_longest

from django.db import models

from ..recherche import normalise
from .parsing import Row
from .schema import Table, empty_value
from .stored import Stored, attname


def match_rows(
    table: Table, rows: list[Row], parents: list[models.Model | None], stored: Stored
) -> list[models.Model | None]:
    """For each row of the file, the stored instance or None; no instance is given twice."""
    existing = stored.rows(table)
    if table.single or not existing:
        return [None] * len(rows)
    found: dict[Row, models.Model] = {}
    keyless_rows, keyless_stored = list(zip(rows, parents, strict=True)), existing
    if table.key:
        keys = stored.keys(table)
        by_key = {table.key_of(keys[one.pk]): one for one in existing if keys[one.pk]}
        for row in rows:
            key = row.values.get(table.key)
            if key and (instance := by_key.pop(table.key_of(key), None)) is not None:
                found[row] = instance
        keyless_rows = [
            (row, parent) for row, parent in keyless_rows if not row.values.get(table.key)
        ]
        keyless_stored = [one for one in existing if not keys[one.pk]]
    found |= _match_by_content(table, keyless_rows, keyless_stored, stored)
    return [found.get(row) for row in rows]


def _match_by_content(table: Table, rows, existing, stored: Stored) -> dict[Row, models.Model]:
    """Within one parent: the rows that say the same, in order, then the others by their place."""
    column = table.by_name[table.parent] if table.parent else None
    pools: dict[object, list[models.Model]] = defaultdict(list)
    for one in existing:
        pools[getattr(one, attname(table, column)) if column else None].append(one)
    groups: dict[object, list[Row]] = defaultdict(list)
    for row, parent in rows:
        if parent is None or parent.pk is not None:
            groups[parent.pk if parent is not None else None].append(row)
    found: dict[Row, models.Model] = {}
    for parent_pk, group in groups.items():
        pool = pools.get(parent_pk, [])
        same: dict[tuple, list[models.Model]] = defaultdict(list)
        for one in pool:
            same[_said_by_instance(table, one)].append(one)
        for row in group:
            if twins := same.get(_said_by_row(table, row)):
                found[row] = twins.pop(0)
        if table.by_position:
            taken = {one.pk for one in found.values()}
            others = [one for one in pool if one.pk not in taken]
            news = [row for row in group if row not in found]
            found |= {
                row: one
                for row, one in zip_longest(news, others)
                if row is not None and one is not None
            }
    return found


def _said_by_row(table: Table, row: Row) -> tuple:
    said = []
    for column in (table.by_name[name] for name in table.alike):
        value = row.values.get(column.name)
        if value is None:
            value = empty_value(table.model._meta.get_field(column.field_name))
        said.append(normalise(column.kind.format(value)))
    return tuple(said)


def _said_by_instance(table: Table, instance: models.Model) -> tuple:
    columns = (table.by_name[name] for name in table.alike)
    return tuple(
        normalise(column.kind.format(getattr(instance, column.field_name))) for column in columns
    )
