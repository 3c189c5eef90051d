"""Edits that never lose what somebody typed: three values per field, compared once.

A form carries, per field, the value it was opened with. When it comes back, that opening value,
the value now stored and the value submitted are compared: a field that only one side changed is
merged, a field that both changed differently is a conflict and both values are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
