"""Writes on fiches actions. Each function is one intention in one transaction."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from ctg_portal.lib.edits import apply_edit

from .enums import STATUTS
from .models import Commentaire, Document, FicheAction


def change_statuts(
    *, fiche: FicheAction, opened: Mapping[str, str], submitted: Mapping[str, str]
) -> FicheAction:
    """The one door through which a status changes.

    `opened` and `submitted` map names of STATUTS to stored values ("" for non renseigné).
    Raises ValueError for a status or a value that does not exist, EditConflict when somebody else
    changed the same status since the page was opened. Side effect: a journal entry.
    """
    for champ, valeur in submitted.items():
        if champ not in STATUTS or (valeur and valeur not in STATUTS[champ].values):
            raise ValueError(f"Statut inconnu : {champ} = {valeur}")
    return apply_edit(
        queryset=FicheAction.objects.all(), pk=fiche.pk, opened=opened, submitted=submitted
    )


def edit_fiche(*, fiche: FicheAction, opened: Mapping, submitted: Mapping) -> FicheAction:
    """Write a block of the fiche. Raises EditConflict; side effect: a journal entry."""
    if STATUTS.keys() & submitted.keys():
        raise ValueError("Un statut passe par change_statuts.")
    return apply_edit(
        queryset=FicheAction.objects.all(), pk=fiche.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def add_to_fiche(*, fiche: FicheAction, item):
    """Add a row (result, volet, réalisation, partner, money…) at the end of its list.

    Side effect: a journal entry.
    """
    item.fiche = fiche
    siblings = type(item).objects.filter(fiche=fiche)
    if hasattr(item, "ordre"):
        item.ordre = (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
    if isinstance(item, Document):
        item.convention_id = fiche.axe.convention_id
    item.save()
    return item


def edit_item(*, item, opened: Mapping, submitted: Mapping):
    """Write one row of a fiche. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=type(item).objects.all(), pk=item.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def remove_item(*, item) -> None:
    """Remove one row of a fiche. Side effect: a journal entry that keeps what it said."""
    item.delete()


@transaction.atomic
def comment(*, fiche: FicheAction, auteur, texte: str, portee: str) -> Commentaire:
    """Leave a comment on a fiche. Side effect: a journal entry."""
    return Commentaire.objects.create(fiche=fiche, auteur=auteur, texte=texte, portee=portee)
