"""Who may read and write a convention. Every rule is a plain sentence; views ask nothing else."""

import datetime

from django.db.models import OuterRef
from django.utils import timezone

from accounts.permissions import administers_installation
from journal.models import Entree

from .enums import ROLES_GERANT_EQUIPE, ROLES_LISANT, Role
from .models import Axe, Membre


def membre_of(
    user,
    slug: str,
    today: datetime.date | None = None,
    *,
    versioned: bool = False,
    bare: bool = False,
) -> Membre | None:
    """The running grant of this person in the convention of this address, or None for a stranger.

    The convention and, if `versioned`, the state of its journal come with it in the same query;
    `bare`, nothing but its role and the key of its convention.
    """
    if not user.is_authenticated:
        return None
    grants = Membre.objects.running(today).filter(user_id=user.pk, convention__slug=slug)
    if bare:
        grants = grants.only("role", "convention__slug")
    if versioned:
        state = Entree.state_of(OuterRef("convention_id"), today or timezone.localdate())
        grants = grants.annotate(**state)
    return grants.select_related("convention").first()


def can_read(membre: Membre | None) -> bool:
    """Every role but administration reads the convention."""
    return membre is not None and membre.role in ROLES_LISANT


def can_open_convention(user) -> bool:
    """Only who administers the installation opens a convention, which gives her nothing to read."""
    return administers_installation(user)


def can_coordinate(membre: Membre | None) -> bool:
    """Only the coordination edits the convention itself, its plan, its meetings and its team."""
    return membre is not None and membre.role == Role.COORDINATION


def can_manage_team(membre: Membre | None) -> bool:
    """The coordination and the administration invite, change and remove the members."""
    return membre is not None and membre.role in ROLES_GERANT_EQUIPE


def can_change_grant(acteur: Membre | None, cible: Membre) -> bool:
    """Who manages the team changes every grant; but the administration never changes its own.

    It would otherwise give itself the right to read, which administering does not give.
    """
    if not can_manage_team(acteur):
        return False
    return acteur.role == Role.COORDINATION or acteur.pk != cible.pk


def can_edit_axe(membre: Membre | None, axe) -> bool:
    """The coordination edits every axe; a référent edits the axes that were given to her."""
    if can_coordinate(membre):
        return True
    if membre is None or membre.role != Role.REFERENT:
        return False
    return membre.axes.filter(pk=axe.pk).exists()


def can_read_internal(membre: Membre | None) -> bool:
    """Internal notes and comments are for those who edit; a lecteur never sees them."""
    return membre is not None and membre.role in (ROLES_LISANT - {Role.LECTEUR})


def editable_axes(membre: Membre | None, convention):
    """The axes in which this person may add and edit fiches, as a queryset."""
    if can_coordinate(membre):
        return Axe.objects.filter(convention=convention)
    if membre is None or membre.role != Role.REFERENT:
        return Axe.objects.none()
    return membre.axes.all()
