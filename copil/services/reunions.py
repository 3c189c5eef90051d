"""Writes on meetings and decisions. Each function is one intention in one transaction."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.db.models import Max

from axes.services.lignes import usages_of
from ctg_portal.lib.edits import apply_edit
from ctg_portal.lib.typographie import compte

from ..enums import EtatReunion, Presence
from ..models import Decision, Instance, Participant, PointOrdreDuJour, Reunion


class ReunionRefus(Exception):
    """A change that a meeting cannot take: a sentence in French."""


# --- Meetings ---------------------------------------------------------------------------------


@transaction.atomic
def add_reunion(*, reunion: Reunion, instances: Iterable[Instance]) -> Reunion:
    """Plan a meeting of one instance, or of several together. Side effect: a journal entry."""
    siblings = Reunion.objects.filter(convention_id=reunion.convention_id)
    reunion.ordre = _next_place(siblings)
    reunion.etat = EtatReunion.PREVUE
    reunion.save()
    reunion.instances.set(instances)
    return reunion


def edit_reunion(*, reunion: Reunion, opened: Mapping, submitted: Mapping) -> Reunion:
    """Write a block of the meeting. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=Reunion.objects.all(), pk=reunion.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def cancel_reunion(*, reunion: Reunion, motif: str) -> Reunion:
    """Say that a meeting will not be held, and why; it stays in the list.

    Raises ReunionRefus for one that was held or cancelled already. Side effect: a journal entry.
    """
    current = _locked(reunion)
    if not current.peut_s_annuler:
        raise ReunionRefus(
            f"Cette réunion est déjà {current.get_etat_display()}\u00a0: corrigez plutôt son état."
        )
    current.etat, current.motif = EtatReunion.ANNULEE, motif
    current.save(update_fields=["etat", "motif"])
    return current


def history_of(reunion: Reunion) -> list[str]:
    """What happened at or around a meeting, in words; empty for one that may be removed.

    Its agenda and its guests are preparation, not history: they go with it.
    """
    found = []
    if not reunion.peut_s_annuler:
        found.append(f"elle est {reunion.get_etat_display()}")
    if reunion.compte_rendu:
        found.append("elle a un compte rendu")
    if reunion.nombre_participants is not None:
        found.append("le nombre de participants est saisi")
    attended = reunion.participants.exclude(presence="").count()
    if attended:
        found.append(compte(attended, "présence notée", "présences notées"))
    documents = reunion.documents.count()
    if documents:
        found.append(compte(documents, "document"))
    preparation = {
        str(model._meta.verbose_name_plural) for model in (PointOrdreDuJour, Participant)
    }
    named = [(name, count) for name, count in usages_of(reunion) if name not in preparation]
    return found + [f"{name}\u00a0: {count}" for name, count in named]


@transaction.atomic
def remove_reunion(*, reunion: Reunion) -> None:
    """Remove a meeting that was only prepared, with its agenda and its guests.

    Raises ReunionRefus for one that has a history: it is cancelled instead. Side effect: the
    journal keeps what it said.
    """
    current = _locked(reunion)
    history = history_of(current)
    if history:
        advice = "annulez-la plutôt" if current.peut_s_annuler else "elle reste dans la liste"
        raise ReunionRefus(
            f"Rien n’est supprimé\u00a0: cette réunion a une histoire ({', '.join(history)})\u00a0;"
            f" {advice}."
        )
    # One by one: each row tells the journal its convention by this very meeting.
    for line in (*current.ordre_du_jour.all(), *current.participants.all()):
        line.delete()
    current.delete()


# --- What a meeting holds ---------------------------------------------------------------------


@transaction.atomic
def add_to_reunion(*, reunion: Reunion, item: models.Model) -> models.Model:
    """Add a row at the end of its list in the meeting. Side effect: a journal entry."""
    # The meeting is locked, so that two additions do not take the same place.
    item.reunion = _locked(reunion)
    item.ordre = _next_place(type(item).objects.filter(reunion=reunion))
    item.save()
    return item


def add_decision(*, reunion: Reunion, decision: Decision) -> Decision:
    """Add a decision at the end of those of the meeting. Side effect: a journal entry."""
    return add_to_reunion(reunion=reunion, item=decision)


def edit_decision(*, decision: Decision, opened: Mapping, submitted: Mapping) -> Decision:
    """Write a decision, or its state alone. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=Decision.objects.all(), pk=decision.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def mark_presence(*, participant: Participant, presence: Presence | str) -> Participant:
    """Say that somebody came or was excused, or (empty) that nothing is known after all.

    Side effect: a journal entry.
    """
    current = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("reunion")
        .get(pk=participant.pk)
    )
    if current.presence != presence:
        current.presence = presence
        current.save(update_fields=["presence"])
    return current


def _locked(reunion: Reunion) -> Reunion:
    return Reunion.objects.select_for_update(of=("self",)).get(pk=reunion.pk)


def _next_place(siblings: models.QuerySet) -> int:
    return (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
