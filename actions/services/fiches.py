"""Writes on fiches actions. Each function is one intention in one transaction."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from ctg_portal.lib.edits import apply_edit, edit_locked

from ..enums import STATUTS, Origine
from ..fichiers import FichierAccepte
from ..models import Commentaire, Document, FicheAction
from ..services.documents import add_document, edit_document, remove_document

PLANNED_FIELDS = (
    "axe",
    "objectif",
    "code",
    "intitule_court",
    "contexte",
    "public",
    "moyens",
    "debut",
    "fin",
    "echeancier",
    "elu_referent",
)
# By list: the fields that tell what happened, and stay behind.
COPIED_LISTS = {"resultats_attendus": ("atteint", "texte_actuel"), "pilotes": (), "partenaires": ()}


def change_statuts(
    *,
    fiche: FicheAction,
    opened: Mapping[str, str],
    submitted: Mapping[str, str],
    is_locked: bool = False,
) -> FicheAction:
    """The one door through which a status changes.

    `opened` and `submitted` map names of STATUTS to stored values ("" for non renseigné).
    `is_locked` says that this transaction read the fiche under its lock (`get_fiche(lock=True)`):
    it is then written as it is; otherwise it is read again.
    Raises ValueError for a status or a value that does not exist, EditConflict when somebody else
    changed the same status since the page was opened. Side effect: a journal entry.
    """
    for champ, valeur in submitted.items():
        _refuse_unknown(champ, valeur)
    if is_locked:
        return edit_locked(instance=fiche, opened=opened, submitted=submitted)
    return apply_edit(
        queryset=FicheAction.objects.select_related("axe"),
        pk=fiche.pk,
        opened=opened,
        submitted=submitted,
    )


def edit_fiche(*, fiche: FicheAction, opened: Mapping, submitted: Mapping) -> FicheAction:
    """Write a block of the fiche. Raises EditConflict; side effect: a journal entry."""
    if STATUTS.keys() & submitted.keys():
        raise ValueError("Un statut passe par change_statuts.")
    return apply_edit(
        queryset=FicheAction.objects.select_related("axe"),
        pk=fiche.pk,
        opened=opened,
        submitted=submitted,
    )


@transaction.atomic
def add_to_fiche(*, fiche: FicheAction, item, fichier: FichierAccepte | None = None):
    """Add a row (result, volet, réalisation, partner, money…) at the end of its list.

    `fichier` is that of a document. Raises FichierNonEnregistre; side effect: a journal entry.
    """
    item.fiche = fiche
    siblings = type(item).objects.filter(fiche=fiche)
    if hasattr(item, "ordre"):
        item.ordre = (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
    if isinstance(item, Document):
        item.convention_id = fiche.axe.convention_id
        return add_document(document=item, fichier=fichier)
    item.save()
    return item


def edit_item(*, item, opened: Mapping, submitted: Mapping):
    """Write one row of a fiche. Raises EditConflict; side effect: a journal entry."""
    if isinstance(item, Document):
        return edit_document(item=item, opened=opened, submitted=submitted)
    return apply_edit(
        queryset=type(item).objects.all(), pk=item.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def remove_item(*, item) -> None:
    """Remove one row of a fiche. Side effect: a journal entry that keeps what it said."""
    if isinstance(item, Document):
        remove_document(item=item)
    else:
        item.delete()


@transaction.atomic
def comment(*, fiche: FicheAction, auteur, texte: str, portee: str) -> Commentaire:
    """Leave a comment on a fiche. Side effect: a journal entry."""
    return Commentaire.objects.create(fiche=fiche, auteur=auteur, texte=texte, portee=portee)


@transaction.atomic
def create_fiche(*, fiche: FicheAction) -> FicheAction:
    """Add a fiche at the end of its axe. Side effect: a journal entry."""
    fiche.ordre = _next_place(fiche.axe)
    fiche.save()
    return fiche


@transaction.atomic
def duplicate_fiche(*, fiche: FicheAction) -> FicheAction:
    """A copy of what a fiche plans, without what was done, judged, paid or said.

    Copied: titles, place, context, expected results, pilots, partners, communes, themes. The copy
    is a new action at the end of the axe. Side effects: journal entries.
    """
    copy = FicheAction(
        intitule=f"{fiche.intitule} (copie)"[: FicheAction._meta.get_field("intitule").max_length],
        origine=Origine.NOUVELLE,
        ordre=_next_place(fiche.axe),
        **{name: getattr(fiche, name) for name in PLANNED_FIELDS},
    )
    copy.save()
    for name in ("communes", "thematiques"):
        getattr(copy, name).add(*getattr(fiche, name).all())
    for name, left_out in COPIED_LISTS.items():
        for item in getattr(fiche, name).all():
            item.pk = None
            item._state.adding = True
            item.fiche = copy
            for field in left_out:
                setattr(item, field, "")
            item.save()
    return copy


def change_archivee(*, fiche: FicheAction, archivee: bool) -> FicheAction:
    """Archive a fiche, or bring it back: it is never deleted. Side effect: a journal entry."""
    return edit_fiche(fiche=fiche, opened={}, submitted={"archivee": archivee})


@transaction.atomic
def change_several(*, fiches: list[FicheAction], champ: str, valeur: str) -> list[FicheAction]:
    """Give one status to several fiches, all or none; returns those that it changed.

    Raises ValueError as change_statuts does. Side effects: a journal entry per changed fiche.
    """
    _refuse_unknown(champ, valeur)
    locked = FicheAction.objects.select_for_update(of=("self",)).select_related("axe")
    changed = list(locked.filter(pk__in=[f.pk for f in fiches]).exclude(**{champ: valeur}))
    for fiche in changed:
        setattr(fiche, champ, valeur)
        fiche.save(update_fields=[champ])
    return changed


def _refuse_unknown(champ: str, valeur: str) -> None:
    if champ not in STATUTS or (valeur and valeur not in STATUTS[champ].values):
        raise ValueError(f"Statut inconnu : {champ} = {valeur}")


def _next_place(axe) -> int:
    last = FicheAction.objects.filter(axe=axe).aggregate(last=Max("ordre"))["last"]
    return (last or 0) + 1
