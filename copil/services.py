"""Writes on meetings and decisions. Each function is one intention in one transaction."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from ctg_portal.lib.edits import apply_edit

from .models import Decision, Reunion


def edit_reunion(*, reunion: Reunion, opened: Mapping, submitted: Mapping) -> Reunion:
    """Write a block of the meeting. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=Reunion.objects.all(), pk=reunion.pk, opened=opened, submitted=submitted
    )


def edit_decision(*, decision: Decision, opened: Mapping, submitted: Mapping) -> Decision:
    """Write a decision, or its state alone. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=Decision.objects.all(), pk=decision.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def add_decision(*, reunion: Reunion, decision: Decision) -> Decision:
    """Add a decision at the end of those of the meeting. Side effect: a journal entry."""
    # The meeting is locked, so that two additions do not take the same place.
    Reunion.objects.select_for_update(of=("self",)).get(pk=reunion.pk)
    decision.reunion = reunion
    decision.ordre = (reunion.decisions.aggregate(last=Max("ordre"))["last"] or 0) + 1
    decision.save()
    return decision
