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
    model = queryset.model
    many = {field.name for field in model._meta.many_to_many}
    opened = {n: _keys(v) if n in many else v for n, v in opened.items()}
    wanted = {n: _keys(v) if n in many else v for n, v in submitted.items()}
    try:
        with transaction.atomic():
            instance = queryset.select_for_update(of=("self",)).order_by().get(pk=pk)
            resolution = resolve(
                opened=opened, current=_stored(instance, wanted, many), submitted=wanted
            )
            if resolution.conflicts:
                raise EditConflict(resolution.conflicts)
            _write(instance, resolution.changes, many)
    except IntegrityError:
        # Two edits, each right alone, break a rule of the database together (a motif left on a
        # meeting that is no longer cancelled): both sides are shown.
        stored = _stored(model.objects.get(pk=pk), wanted, many)
        conflicts = resolve(opened={}, current=stored, submitted=wanted).changes
        raise EditConflict(
            [Conflict(champ=n, actuel=stored[n], propose=v) for n, v in conflicts.items()]
        ) from None
    return instance


def _stored(instance, names, many: set[str]) -> dict[str, object]:
    return {
        name: _keys(getattr(instance, name).all()) if name in many else getattr(instance, name)
        for name in names
    }


def _write(instance, changes: Mapping[str, object], many: set[str]) -> None:
    plain = [name for name in changes if name not in many]
    for name in plain:
        setattr(instance, name, changes[name])
    if plain:
        instance.save(update_fields=plain)
    for name in many & changes.keys():
        getattr(instance, name).set(changes[name])


def _keys(values) -> list[int]:
    return sorted(getattr(value, "pk", value) for value in values or [])
