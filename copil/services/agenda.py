"""Calendar addresses: given, revoked, and asked each time whether they still open something."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from axes.models import Convention, Membre
from axes.permissions import can_read, membre_of
from axes.services.equipe import fingerprint

from ..models import AbonnementAgenda


@transaction.atomic
def subscribe(*, user: User, convention: Convention) -> str:
    """A new calendar address for this person; its token is returned, and nowhere else.

    The address that she had before opens nothing any more. Side effect: the journal.
    """
    # Her grant is locked: two clicks at once do not give two addresses.
    Membre.objects.select_for_update(of=("self",)).filter(user=user, convention=convention).first()
    _revoke_running(user, convention)
    jeton = secrets.token_urlsafe(32)
    AbonnementAgenda.objects.create(user=user, convention=convention, jeton=fingerprint(jeton))
    return jeton


@transaction.atomic
def revoke(*, user: User, convention: Convention) -> bool:
    """Her calendar address opens nothing any more; False if she had none.

    Side effect: the journal.
    """
    return _revoke_running(user, convention)


def abonnement_of(user: User, convention: Convention) -> AbonnementAgenda | None:
    """The running calendar address of this person."""
    return AbonnementAgenda.objects.running().filter(user=user, convention=convention).first()


def convention_of_agenda(jeton: str) -> Convention | None:
    """The convention whose meetings this address gives.

    None when it is unknown or revoked, or when its person may no longer read: her grant ended, her
    role does not read, or her account was closed.
    """
    found = (
        AbonnementAgenda.objects.running()
        .filter(jeton=fingerprint(jeton), user__is_active=True)
        .select_related("user", "convention")
        .first()
    )
    if found is None:
        return None
    membre = membre_of(found.user, found.convention.slug)
    return membre.convention if can_read(membre) else None


def _revoke_running(user: User, convention: Convention) -> bool:
    running = AbonnementAgenda.objects.running().select_for_update(of=("self",))
    current = running.filter(user=user, convention=convention).first()
    if current is None:
        return False
    current.revoque_le = timezone.now()
    current.save(update_fields=["revoque_le"])
    return True
