"""Drafts of bilans: kept, changed field by field, deleted."""

from collections.abc import Mapping

from django.db import transaction

from ctg_portal.lib.edits import apply_edit

from ..models import Bilan
from .refus import BrouillonParti


@transaction.atomic
def create_draft(*, brouillon: Bilan, axes=(), auteur) -> Bilan:
    """Keep a new draft, and the axes that it is about. Side effects: journal entries."""
    brouillon.auteur = auteur
    brouillon.save()
    brouillon.axes.set(axes)
    return brouillon


def edit_draft(*, brouillon: Bilan, opened: Mapping, submitted: Mapping) -> Bilan:
    """Change a draft, field by field: what somebody else changed meanwhile stays.

    Raises EditConflict where both changed the same field, BrouillonParti where it was frozen or
    deleted meanwhile; nothing is written then. Side effects: journal entries.
    """
    try:
        return apply_edit(
            queryset=Bilan.objects.brouillons(),
            pk=brouillon.pk,
            opened=opened,
            submitted=submitted,
        )
    except Bilan.DoesNotExist as error:
        raise BrouillonParti from error


@transaction.atomic
def delete_draft(*, brouillon: Bilan) -> None:
    """Delete a draft. Raises BrouillonParti where it was frozen or deleted meanwhile."""
    locked_draft(brouillon).delete()


def locked_draft(brouillon: Bilan) -> Bilan:
    """The draft as it stands, for this transaction alone."""
    drafts = Bilan.objects.brouillons().select_related("convention", "reunion")
    found = drafts.select_for_update(of=("self",)).filter(pk=brouillon.pk).first()
    if found is None:
        raise BrouillonParti
    return found
