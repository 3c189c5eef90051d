"""Writes on the convention and on the lists that describe it."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Max

from ctg_portal.lib.edits import apply_edit
from journal.tracking import record

HAUT, BAS = "haut", "bas"


class EncoreCitee(Exception):
    """A row that others still name cannot be removed; `usages` says which and how many."""

    def __init__(self, usages: list[tuple[str, int]]):
        super().__init__(", ".join(f"{count} {name}" for name, count in usages))
        self.usages = usages


def usages_of(item: models.Model) -> list[tuple[str, int]]:
    """What names this row: (plural noun, count), the kinds that do not name it left out."""
    found = []
    for relation in item._meta.related_objects:
        related = getattr(item, relation.get_accessor_name(), None)
        if relation.one_to_one or related is None:
            continue
        if count := related.count():
            found.append((str(relation.related_model._meta.verbose_name_plural), count))
    return found


@transaction.atomic
def add_row(
    *, item: models.Model, siblings: models.QuerySet, links: Mapping[str, list] | None = None
) -> models.Model:
    """Add a row at the end of its list, with its many-to-many links. Side effect: the journal."""
    if hasattr(item, "ordre"):
        item.ordre = (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
    item.save()
    for name, related in (links or {}).items():
        getattr(item, name).set(related)
    return item


def edit_row(*, item: models.Model, opened: Mapping, submitted: Mapping) -> models.Model:
    """Write one row. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=type(item).objects.all(), pk=item.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def move_row(*, item: models.Model, siblings: models.QuerySet, direction: str) -> None:
    """Exchange a row with the one above or below it; at the end of the list, nothing moves.

    The places of the whole list are numbered again: imported rows may share one. Side effect: a
    journal entry of the row that moved.
    """
    rows = list(siblings.select_for_update().order_by("ordre", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    other = place + (-1 if direction == HAUT else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        side = "avant" if direction == HAUT else "après"
        record(item, f"«\u00a0{item}\u00a0» est passé {side} «\u00a0{rows[place]}\u00a0».")
    for ordre, row in enumerate(rows, start=1):
        if row.ordre != ordre:
            row.ordre = ordre
            row.save(update_fields=["ordre"])


@transaction.atomic
def remove_row(*, item: models.Model) -> None:
    """Remove a row that nothing names.

    Raises EncoreCitee. Side effect: a journal entry that keeps what it said.
    """
    usages = usages_of(item)
    if usages:
        raise EncoreCitee(usages)
    item.delete()
