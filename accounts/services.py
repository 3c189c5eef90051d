"""Writes on accounts and on what is said of the installation."""

from collections.abc import Mapping

from django.db import transaction

from ctg_portal.lib.edits import apply_edit

from .models import Exploitant


@transaction.atomic
def rename_person(*, user, nom):
    """Give `user` another full name. Side effect: none but the row."""
    user.nom = nom
    user.save(update_fields=["nom"])


@transaction.atomic
def edit_exploitant(*, opened: Mapping, submitted: Mapping) -> Exploitant:
    """Write what was changed of the one row, made if it is missing; side effect: the journal.

    Raises EditConflict where somebody else changed the same fields meanwhile.
    """
    Exploitant.objects.get_or_create(pk=Exploitant.SEUL)
    return apply_edit(
        queryset=Exploitant.objects.all(),
        pk=Exploitant.SEUL,
        opened=opened,
        submitted=submitted,
    )
