"""Write a plan. The caller holds the transaction and has found no error in it."""

import uuid
from collections.abc import Callable, Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.db import models, transaction

from .plan import Plan, PlannedRow, PlannedTable
from .schema import Children, Column
from .stored import Stored, is_symmetrical, relation

BATCH = 500


def apply(
    plan: Plan,
    files: Iterable[tuple[PlannedRow, str, str, bytes]],
    kept: list,
    progress: Callable[[int, int], None],
) -> None:
    """Write every planned row; `kept` receives the stored files, to be deleted on failure.

    `progress` is told, table by table, how many rows are written and how many there are.

    Side effects: rows created in bulk (no signal, no `save()`),
    changed rows saved one by one with `update_fields`, links, children, removals, files; a file
    that is replaced or taken away is deleted once the transaction is committed.
    """
    for one, name, basename, data in files:
        stored = getattr(one.instance, name)
        # A folder of its own keeps the name that the table gives.
        path = stored.field.generate_filename(one.instance, basename)
        folder, _, last = path.rpartition("/")
        stored.name = stored.storage.save(
            f"{folder}/{uuid.uuid4().hex[:12]}/{last}", ContentFile(data)
        )
        kept.append((stored.storage, stored.name))
    tables = sorted(plan.tables.values(), key=lambda planned: not planned.table.single)
    for planned in tables:
        if planned.table.single:
            _write_rows(planned)
    for row in plan.extra:
        row.save()
    done, total = 0, sum(len(planned.rows) for planned in tables)
    for planned in tables:
        progress(done, total)
        done += len(planned.rows)
        if not planned.table.single:
            _write_rows(planned)
        _write_links(planned, plan.stored)
        _write_children(planned, plan.stored)
        pks = [row.pk for row in planned.removed]
        planned.table.model._default_manager.filter(pk__in=pks).delete()
        for one in planned.rows:
            _forget_files(one)


def _forget_files(one: PlannedRow) -> None:
    for name, lost in one.lost_files.items():
        storage = one.instance._meta.get_field(name).storage
        is_named = type(one.instance)._default_manager.filter(**{name: lost}).exists()
        if not is_named:
            transaction.on_commit(partial(storage.delete, lost), robust=True)


def _write_rows(planned: PlannedTable) -> None:
    model = planned.table.model
    fields = {field.name for field in model._meta.concrete_fields}
    new = [one.instance for one in planned.rows if one.is_new]
    changed = [one for one in planned.rows if not one.is_new]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    for one in planned.rows:
        for name, target in one.later.items():
            setattr(one.instance, name, target)
            if one not in changed:
                one.instance.save(update_fields=[name])
    for one in changed:
        names = (one.changes | one.quiet) & fields
        if names:
            one.instance.save(update_fields=sorted(names))


def _write_links(planned: PlannedTable, stored: Stored) -> None:
    for column in planned.table.columns:
        if column.is_link:
            rows = [one for one in planned.rows if column.name in one.links]
            _write_link(planned, column, rows, stored.links(planned.table, column))


def _write_link(
    planned: PlannedTable, column: Column, rows: list[PlannedRow], before: dict
) -> None:
    """Add and take away the rows of the relation's own table, in two queries for a whole table."""
    model = planned.table.model
    through, source, target = relation(model, column.field_name)
    both_ways = is_symmetrical(model, column.field_name)
    wanted = {(one.instance.pk, linked.pk) for one in rows for linked in one.links[column.name]}
    if both_ways:
        wanted |= {(other, one) for one, other in wanted}
    pks = {one.instance.pk for one in rows}
    known = {(pk, other) for pk, others in before.items() for other in others}
    gone = {pair for pair in known - wanted if pair[0] in pks}
    if both_ways:
        gone |= {(other, one) for one, other in gone}
    for pk in {pair[0] for pair in gone}:
        through._default_manager.filter(
            **{source: pk, f"{target}__in": [other for one, other in gone if one == pk]}
        ).delete()
    through._default_manager.bulk_create(
        [
            through(**{f"{source}_id": pk, f"{target}_id": other})
            for pk, other in sorted(wanted - known)
        ],
        batch_size=BATCH,
    )


def _write_children(planned: PlannedTable, stored: Stored) -> None:
    for number, child in enumerate(planned.table.children):
        before = stored.children(planned.table, child)
        new: list[models.Model] = []
        for one in planned.rows:
            if one.children[number] is not None and f"{child.parent}_set" in one.changes:
                new += _replace_children(child, one, one.children[number], before)
        child.model._default_manager.bulk_create(new, batch_size=BATCH)


def _replace_children(child: Children, one: PlannedRow, wanted: list[dict], before: dict) -> list:
    """New children to create; those that say the same stay, with what else they hold."""
    known = list(before.get(one.instance.pk, ()))
    new = []
    for place, values in enumerate(wanted, start=1):
        twin = next(
            (row for row in known if all(getattr(row, k) == v for k, v in values.items())), None
        )
        if twin is None:
            new.append(child.model(**{child.parent: one.instance}, **values, ordre=place))
            continue
        known.remove(twin)
        if twin.ordre != place:
            twin.ordre = place
            twin.save(update_fields=["ordre"])
    child.model._default_manager.filter(pk__in=[row.pk for row in known]).delete()
    return new
