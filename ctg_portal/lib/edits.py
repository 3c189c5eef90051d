"""Edits that never lose what somebody typed: three values per field, compared once.

A form carries, per field, the value it was opened with. When it comes back, that opening value,
the value now stored and the value submitted are compared: a field that only one side changed is
merged, a field that both changed differently is a conflict and both values are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that two people changed: what is stored now, and what was just submitted."""

    champ: str
    actuel: object
    propose: object


class EditConflict(Exception):
    """Raised by services: nothing was written; `conflicts` lists each field with both values."""

    def __init__(self, conflicts: list[Conflict]):
        super().__init__("conflit : " + ", ".join(conflict.champ for conflict in conflicts))
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Resolution:
    changes: dict[str, object] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def resolve(
    *, opened: Mapping[str, object], current: Mapping[str, object], submitted: Mapping[str, object]
) -> Resolution:
    """Compare the three values of each submitted field.

    Returns the fields to write and the conflicts. A field without an opening value is written as
    submitted: its form did not know what stood there (import, creation).
    """
    resolution = Resolution()
    for name, value in submitted.items():
        stored = current[name]
        if _same(value, stored):
            continue
        before = opened.get(name, stored)
        if _same(value, before):
            continue
        if _same(before, stored):
            resolution.changes[name] = value
        else:
            resolution.conflicts.append(Conflict(champ=name, actuel=stored, propose=value))
    return resolution


def _same(left: object, right: object) -> bool:
    return _plain(left) == _plain(right)


def _plain(value: object) -> object:
    """Line ends and outer spaces as browsers change them are no edit."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, (list, tuple, set)):
        return sorted(str(item) for item in value)
    return value


def apply_edit(*, queryset: QuerySet, pk: int, opened: Mapping, submitted: Mapping):
    """Write what was submitted over one row, or raise EditConflict and write nothing.

    `opened` and `submitted` map field names to cleaned values; many-to-many values are lists of
    keys or objects. Side effects: one row locked and saved with its changed fields only, one
    journal entry per saved row and per changed link. Returns the fresh instance.
    """
    try:
        with transaction.atomic():
            instance = queryset.select_for_update(of=("self",)).order_by().get(pk=pk)
            return edit_locked(instance=instance, opened=opened, submitted=submitted)
    except IntegrityError:
        # Two edits, each right alone, break a rule of the database together (a motif left on a
        # meeting that is no longer cancelled): both sides are shown.
        instance = queryset.model.objects.get(pk=pk)
        changes = _resolve_stored(instance, {}, submitted).changes
        stored = _stored(instance, changes)
        raise EditConflict(
            [Conflict(champ=n, actuel=stored[n], propose=v) for n, v in changes.items()]
        ) from None


def edit_locked(*, instance, opened: Mapping, submitted: Mapping):
    """What `apply_edit` does, over a row that this transaction has read under its lock.

    Raises EditConflict with the instance as it was read, and IntegrityError where the database
    refuses what two edits make together. Returns the instance.
    """
    resolution = _resolve_stored(instance, opened, submitted)
    if resolution.conflicts:
        raise EditConflict(resolution.conflicts)
    _write(instance, resolution.changes)
    return instance


def _resolve_stored(instance, opened: Mapping, submitted: Mapping) -> Resolution:
    many = _many(instance)
    opened, submitted = (
        {name: _keys(value) if name in many else value for name, value in values.items()}
        for values in (opened, submitted)
    )
    return resolve(opened=opened, current=_stored(instance, submitted), submitted=submitted)


def _many(instance) -> set[str]:
    return {field.name for field in instance._meta.many_to_many}


def _stored(instance, names) -> dict[str, object]:
    many = _many(instance)
    return {
        name: _keys(getattr(instance, name).all()) if name in many else getattr(instance, name)
        for name in names
    }


def _write(instance, changes: Mapping[str, object]) -> None:
    many = _many(instance)
    plain = [name for name in changes if name not in many]
    for name in plain:
        setattr(instance, name, changes[name])
    if plain:
        instance.save(update_fields=plain)
    for name in many & changes.keys():
        getattr(instance, name).set(changes[name])


def _keys(values) -> list[int]:
    return sorted(getattr(value, "pk", value) for value in values or [])
