"""Writes on the team of a convention. The fiches that go with a grant are `actions`' part."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User, normalize_email
from journal.tracking import acting_as

from ..enums import Role
from ..models import Axe, Convention, Invitation, Membre, PiloteAxe


class EquipeRefus(Exception):
    """A change that the team cannot take: a sentence in French, and the field it is about."""

    def __init__(self, phrase: str, champ: str | None = None):
        super().__init__(phrase)
        self.champ = champ


class InvitationFermee(Exception):
    """The invitation was accepted, withdrawn, renewed or is too old: nothing was written."""


# --- The link ---------------------------------------------------------------------------------


def fingerprint(jeton: str) -> str:
    """What the database keeps of a token, in hexadecimal SHA-256."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def find_invitation(jeton: str) -> Invitation | None:
    """The invitation of this link, open or not, with its convention."""
    return Invitation.objects.filter(jeton=fingerprint(jeton)).select_related("convention").first()


# --- Invitations ------------------------------------------------------------------------------


def lock_team(convention_pk: int) -> Convention:
    """Changes of one team follow one another: two people never remove each other at once."""
    return Convention.objects.select_for_update(no_key=True).get(pk=convention_pk)


@transaction.atomic
def invite(
    *,
    convention: Convention,
    auteur: User,
    email: str,
    nom: str,
    role: Role,
    axes: Iterable[Axe] = (),
    expire_le: datetime.date | None = None,
) -> tuple[Invitation, str]:
    """Offer a role; the token that is returned with the invitation is nowhere else.

    Raises EquipeRefus when that person is in the team or has an invitation already. Side effect:
    the journal. The e-mail is the caller's, once this is written.
    """
    lock_team(convention.pk)
    email = normalize_email(email)
    if Membre.objects.running().filter(convention=convention, user__email=email).exists():
        raise EquipeRefus(
            "Cette personne fait déjà partie de l’équipe\u00a0: modifiez plutôt son rôle.", "email"
        )
    if Invitation.objects.pending().filter(convention=convention, email=email).exists():
        raise EquipeRefus(
            "Une invitation attend déjà à cette adresse\u00a0: renvoyez-la, ou retirez-la d’abord.",
            "email",
        )
    jeton = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        convention=convention,
        auteur=auteur,
        email=email,
        nom=nom,
        role=role,
        expire_le=expire_le,
        jeton=fingerprint(jeton),
    )
    invitation.axes.set(axes)
    return invitation, jeton


@transaction.atomic
def renew_invitation(*, invitation: Invitation) -> str:
    """A new token, good for as long as a first one; the old link is dead at once.

    Raises InvitationFermee when it was accepted or withdrawn. Side effect: the journal.
    """
    current = _locked_pending(invitation)
    jeton = secrets.token_urlsafe(32)
    current.jeton, current.envoyee_le = fingerprint(jeton), timezone.now()
    current.save(update_fields=["jeton", "envoyee_le"])
    return jeton


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> None:
    """Its link opens nothing any more. Raises InvitationFermee; side effect: the journal."""
    current = _locked_pending(invitation)
    current.retiree_le = timezone.now()
    current.save(update_fields=["retiree_le"])


def lock_open(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, held until the caller's transaction ends.

    Raises InvitationFermee when the link that was opened is not good any more.
    """
    lock_team(invitation.convention_id)
    current = _locked_pending(invitation)
    if current.jeton != invitation.jeton or not current.is_open():
        raise InvitationFermee
    return current


def grant_invited(*, invitation: Invitation, user: User) -> tuple[Membre, bool]:
    """What was offered becomes a grant of `user`; True when it was given just now.

    `invitation` comes from `lock_open`. A running grant stays as it is, whatever an older
    invitation said; one that is over is renewed. Raises EquipeRefus to another address than the
    invited one. Side effect: the journal, in the name of `user`.
    """
    if user.email != invitation.email:
        raise EquipeRefus("Cette invitation a été envoyée à une autre adresse.")
    with acting_as(user):
        invitation.acceptee_le = timezone.now()
        invitation.save(update_fields=["acceptee_le"])
        convention = invitation.convention
        running = Membre.objects.running().filter(user=user, convention=convention)
        if membre := running.first():
            return membre, False
        membre, _ = Membre.objects.update_or_create(
            user=user,
            convention=convention,
            defaults={"role": invitation.role, "expire_le": invitation.expire_le},
        )
        membre.axes.set(invitation.axes.all())
    return membre, True


def _locked_pending(invitation: Invitation) -> Invitation:
    pending = Invitation.objects.pending().select_for_update(of=("self",))
    current = pending.filter(pk=invitation.pk).first()
    if current is None:
        raise InvitationFermee
    return current


# --- Members ----------------------------------------------------------------------------------


def check_coordination_remains(
    membre: Membre, *, role: str | None = None, expire_le: datetime.date | None = None
) -> None:
    """Refuse what would leave a convention without coordination; the team is locked by the caller.

    `role` and `expire_le` are what this person is about to have, no role meaning that she leaves.
    The last one keeps her role, and her end date may only be put off. Raises EquipeRefus.
    """
    running = Membre.objects.running().filter(
        convention_id=membre.convention_id, role=Role.COORDINATION, user__is_active=True
    )
    if not running.filter(pk=membre.pk).exists() or running.exclude(pk=membre.pk).exists():
        return
    if role != Role.COORDINATION:
        raise EquipeRefus(
            "C’est la dernière personne de la coordination\u00a0: donnez d’abord ce rôle à"
            " quelqu’un d’autre.",
            "role",
        )
    is_sooner = expire_le is not None and (membre.expire_le is None or expire_le < membre.expire_le)
    if is_sooner:
        raise EquipeRefus(
            "C’est la dernière personne de la coordination\u00a0: son droit ne peut pas prendre fin"
            " plus tôt tant que personne d’autre n’a ce rôle.",
            "expire_le",
        )


@transaction.atomic
def remove_membre(*, membre: Membre) -> None:
    """Take a person out of the team; her account and all that she wrote stay.

    Raises EquipeRefus for the last coordination. Side effect: the journal keeps what she held.
    """
    lock_team(membre.convention_id)
    current = Membre.objects.filter(pk=membre.pk).first()
    if current is not None:
        check_coordination_remains(current)
        current.delete()


def link_pilotes_axe(*, convention: Convention, nom: str, user: User) -> int:
    """Link to an account the pilots of an axe who bear exactly this name; how many there were.

    Gives no right. Side effect: one entry of the journal per row.
    """
    rows = PiloteAxe.objects.filter(axe__convention=convention, nom=nom, user__isnull=True)
    found = rows.select_related("axe")
    for pilote in found:
        pilote.user = user
        pilote.save(update_fields=["user"])
    return len(found)
