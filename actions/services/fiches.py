"""Writes on fiches actions. Each function is one intention in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max

from ctg_portal.lib.edits import EditConflict, apply_edit, edit_locked, resolve
from journal.models import Entree
from journal.tracking import record

from ..enums import STATUTS, Origine
from ..fichiers import FichierAccepte
from ..models import Commentaire, Document, FicheAction, PiloteFiche
from ..queries import pilotes_in_lines
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


class PlaceRefusee(Exception):
    """Two fiches that do not stand under the same objectif have no order between them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Just before, or just after (`apres`), a fiche of the same objectif."""

    voisine: FicheAction
    apres: bool


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
def edit_tiroir(*, fiche: FicheAction, opened: Mapping, submitted: Mapping) -> FicheAction:
    """Write what the plan edits under a row: fields of the fiche, and `pilotes`, one per line.

    A pilot whose name stays keeps its account; a new one takes the account of whoever bears the
    same name in the convention, or bore it on this fiche. Raises EditConflict, over all the fields
    at once, and writes then nothing. Side effects: journal entries of the fiche and of its pilots.
    """
    locked = FicheAction.objects.select_for_update(of=("self",)).order_by().get(pk=fiche.pk)
    names = {"pilotes": pilotes_in_lines(locked)}
    wanted = {name: value for name, value in submitted.items() if name in names}
    plain = {name: value for name, value in submitted.items() if name not in names}
    pilotes = resolve(opened=opened, current=names, submitted=wanted)
    try:
        written = edit_fiche(fiche=fiche, opened=opened, submitted=plain)
    except EditConflict as conflict:
        raise EditConflict([*conflict.conflicts, *pilotes.conflicts]) from None
    if pilotes.conflicts:
        raise EditConflict(pilotes.conflicts)
    if "pilotes" in pilotes.changes:
        _write_pilotes(written, pilotes.changes["pilotes"].split("\n"))
    return written


def _write_pilotes(fiche: FicheAction, noms: list[str]) -> None:
    noms = [nom for nom in noms if nom]
    kept: dict[str, PiloteFiche] = {}
    for pilote in fiche.pilotes.select_related("fiche__axe"):
        if pilote.nom in noms and pilote.nom not in kept:
            kept[pilote.nom] = pilote
        else:
            pilote.delete()
    accounts = _accounts(fiche, [nom for nom in noms if nom not in kept])
    for place, nom in enumerate(noms, start=1):
        pilote = kept.get(nom)
        if pilote is None:
            PiloteFiche.objects.create(fiche=fiche, nom=nom, ordre=place, user_id=accounts.get(nom))
        elif pilote.ordre != place:
            pilote.ordre = place
            pilote.save(update_fields=["ordre"])


def _accounts(fiche: FicheAction, noms: list[str]) -> dict[str, int]:
    """The account of each name that has one: a namesake's in the convention, else its own before.

    A pilot who was taken away is brought back by her name alone: the journal knows who she was.
    """
    if not noms:
        return {}
    entries = Entree.objects.of_fiche(fiche.pk).filter(
        action=Entree.Action.DELETE,
        content_type=ContentType.objects.get_for_model(PiloteFiche),
        object_repr__in=noms,
    )
    taken_away = {
        entry.object_repr: entry.changes.get("user", [None])[0]
        for entry in reversed(entries.recent_first())
    }
    users = PiloteFiche._meta.get_field("user").related_model.objects
    still_here = set(
        users.filter(pk__in=filter(None, taken_away.values())).values_list("pk", flat=True)
    )
    namesakes = PiloteFiche.objects.filter(
        fiche__axe__convention=fiche.axe.convention_id, user__isnull=False, nom__in=noms
    )
    return {nom: pk for nom, pk in taken_away.items() if pk in still_here} | dict(
        namesakes.values_list("nom", "user_id")
    )


@transaction.atomic
def place_fiche(*, fiche: FicheAction, place: Place) -> Place | None:
    """Put a fiche beside another one; returns the place it had, None where it was alone.

    A place is said by a neighbour, so that two people who move fiches at once both have their way.
    Raises PlaceRefusee when the two no longer stand under the same objectif. Side effects: the
    fiches of the axe numbered again, one journal entry, of the fiche that moved.
    """
    rows = list(
        FicheAction.objects.select_for_update(of=("self",))
        .select_related("axe")
        .filter(axe=fiche.axe_id)
        .order_by("ordre", "pk")
    )
    by_pk = {row.pk: row for row in rows}
    moved, beside = by_pk.get(fiche.pk), by_pk.get(place.voisine.pk)
    if moved is None or beside is None or moved.objectif_id != beside.objectif_id:
        raise PlaceRefusee("Ces deux fiches ne sont plus sous le même objectif.")
    former = _place_of(moved, rows)
    if moved is not beside:
        rows.remove(moved)
        rows.insert(rows.index(beside) + place.apres, moved)
        _number(rows)
        side = "après" if place.apres else "avant"
        record(moved, f"Fiche « {moved} » placée {side} « {beside} » dans le plan.")
    return former


def place_beside(*, fiche: FicheAction, haut: bool) -> Place | None:
    """The place one step up or down among the fiches of the objectif; None at the end."""
    siblings = FicheAction.objects.filter(axe=fiche.axe_id, objectif=fiche.objectif_id).active()
    rows = list(siblings.order_by("ordre", "pk"))
    keys = [row.pk for row in rows]
    if fiche.pk not in keys:
        return None
    step = keys.index(fiche.pk) + (-1 if haut else 1)
    return Place(rows[step], apres=not haut) if 0 <= step < len(rows) else None


def _place_of(fiche: FicheAction, rows: list[FicheAction]) -> Place | None:
    siblings = [row for row in rows if row.objectif_id == fiche.objectif_id]
    rank = siblings.index(fiche)
    if rank:
        return Place(siblings[rank - 1], apres=True)
    return Place(siblings[1], apres=False) if len(siblings) > 1 else None


def _number(rows: list[FicheAction]) -> None:
    """The places of the whole axe: imported rows may share one."""
    for ordre, row in enumerate(rows, start=1):
        if row.ordre != ordre:
            row.ordre = ordre
            row.save(update_fields=["ordre"])


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
def change_several(*, fiches: list[FicheAction], champ: str, valeur: str) -> dict[int, str]:
    """Give one status to several fiches, all or none; returns what each one changed had, by key.

    Raises ValueError as change_statuts does. Side effects: a journal entry per changed fiche.
    """
    _refuse_unknown(champ, valeur)
    before = {}
    for fiche in _locked_several([fiche.pk for fiche in fiches]).exclude(**{champ: valeur}):
        before[fiche.pk] = getattr(fiche, champ)
        setattr(fiche, champ, valeur)
        fiche.save(update_fields=[champ])
    return before


@transaction.atomic
def give_back_several(*, champ: str, valeur: str, before: Mapping[int, str]) -> list[FicheAction]:
    """Undo `change_several`: returns the fiches that had their former status again.

    One that somebody has changed since keeps what it was given. Raises ValueError as change_statuts
    does. Side effects: a journal entry per changed fiche.
    """
    for former in before.values():
        _refuse_unknown(champ, former)
    changed = list(_locked_several(before).filter(**{champ: valeur}))
    for fiche in changed:
        setattr(fiche, champ, before[fiche.pk])
        fiche.save(update_fields=[champ])
    return changed


def _locked_several(keys):
    rows = FicheAction.objects.select_for_update(of=("self",)).select_related("axe")
    return rows.filter(pk__in=list(keys)).order_by("pk")


def _refuse_unknown(champ: str, valeur: str) -> None:
    if champ not in STATUTS or (valeur and valeur not in STATUTS[champ].values):
        raise ValueError(f"Statut inconnu : {champ} = {valeur}")


def _next_place(axe) -> int:
    last = FicheAction.objects.filter(axe=axe).aggregate(last=Max("ordre"))["last"]
    return (last or 0) + 1
