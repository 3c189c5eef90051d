"""Writes on grants together with the fiches that they confide."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from axes.enums import Role
from axes.models import Axe, Convention, Invitation, Membre
from axes.services.equipe import (
    EquipeRefus,
    check_coordination_remains,
    grant_invited,
    invite,
    link_pilotes_axe,
    lock_open,
    lock_team,
)
from ctg_portal.lib.edits import EditConflict, resolve
from journal.tracking import acting_as

from ..models import Attribution, FicheAction, InvitationFiche, PiloteFiche


@transaction.atomic
def invite_with_fiches(
    *,
    convention: Convention,
    auteur: User,
    email: str,
    nom: str,
    role: Role,
    axes: Iterable[Axe] = (),
    fiches: Iterable[FicheAction] = (),
    expire_le: datetime.date | None = None,
) -> tuple[Invitation, str]:
    """Offer a role and the fiches that go with it. See `axes.services_equipe.invite`."""
    invitation, jeton = invite(
        convention=convention,
        auteur=auteur,
        email=email,
        nom=nom,
        role=role,
        axes=axes,
        expire_le=expire_le,
    )
    for fiche in fiches:
        InvitationFiche.objects.create(invitation=invitation, fiche=fiche)
    return invitation, jeton


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membre:
    """Give `user` what was offered: role, axes, end date, fiches.

    Raises InvitationFermee or EquipeRefus. Side effect: the journal, in the name of `user`.
    """
    return _grant(lock_open(invitation), user)


@transaction.atomic
def accept_with_new_account(
    *, invitation: Invitation, nom: str, mot_de_passe: str | None
) -> tuple[User, Membre]:
    """Open the account of the invited address, and give it what was offered.

    Without a password, the person signs in by code. Raises InvitationFermee, and IntegrityError
    when the same address accepted another convention's invitation in between; nothing is then
    written.
    """
    current = lock_open(invitation)
    user = User.objects.create_user(current.email, mot_de_passe or None, nom=nom)
    return user, _grant(current, user)


def _grant(invitation: Invitation, user: User) -> Membre:
    """Of an invitation that is locked."""
    membre, is_new = grant_invited(invitation=invitation, user=user)
    if is_new:
        rows = invitation.fiches_confiees.select_related("fiche__axe")
        with acting_as(user):
            _confide(membre, {row.fiche_id: row.fiche for row in rows})
    return membre


@transaction.atomic
def edit_membre(*, membre: Membre, opened: Mapping, submitted: Mapping) -> Membre:
    """Change role, axes, fiches and end date; lists are of objects.

    Raises EditConflict when somebody else changed the same field, EquipeRefus for the last
    coordination. Side effects: the journal, the fiches confided.
    """
    lock_team(membre.convention_id)
    current = Membre.objects.select_related("user").filter(pk=membre.pk).first()
    if current is None:
        raise EquipeRefus("Cette personne vient d’être retirée de l’équipe.")
    stored = {
        "role": current.role,
        "axes": _keys(current.axes.all()),
        "fiches": sorted(current.attributions.values_list("fiche_id", flat=True)),
        "expire_le": current.expire_le,
    }
    resolution = resolve(opened=_plain(opened), current=stored, submitted=_plain(submitted))
    if resolution.conflicts:
        raise EditConflict(resolution.conflicts)
    changes = resolution.changes
    check_coordination_remains(
        current,
        role=changes.get("role", current.role),
        expire_le=changes.get("expire_le", current.expire_le),
    )
    own = [name for name in ("role", "expire_le") if name in changes]
    for name in own:
        setattr(current, name, changes[name])
    if own:
        current.save(update_fields=own)
    if "axes" in changes:
        current.axes.set(changes["axes"])
    if "fiches" in changes:
        fiches = FicheAction.objects.select_related("axe").in_bulk(changes["fiches"])
        _confide(current, fiches)
    return current


@transaction.atomic
def link_pilotes(*, convention: Convention, nom: str, user: User) -> int:
    """Link to an account the pilots, of axes and of fiches, who bear exactly this name.

    Gives no right. Returns how many rows there were; side effect: one entry of the journal each.
    """
    rows = PiloteFiche.objects.filter(
        fiche__axe__convention=convention, nom=nom, user__isnull=True
    ).select_related("fiche__axe")
    for pilote in rows:
        pilote.user = user
        pilote.save(update_fields=["user"])
    return len(rows) + link_pilotes_axe(convention=convention, nom=nom, user=user)


def _confide(membre: Membre, fiches: Mapping[int, FicheAction]) -> None:
    """Make these fiches, and no others, those of this person."""
    held = {row.fiche_id: row for row in membre.attributions.select_related("fiche__axe")}
    for key in held.keys() - fiches.keys():
        held[key].delete()
    for key in sorted(fiches.keys() - held.keys()):
        Attribution.objects.create(membre=membre, fiche=fiches[key])


def _keys(rows: Iterable) -> list[int]:
    return sorted(getattr(row, "pk", row) for row in rows)


def _plain(values: Mapping) -> dict[str, object]:
    """Lists of objects as lists of keys, to be compared with what is stored."""
    return {name: _keys(v) if name in ("axes", "fiches") else v for name, v in values.items()}
