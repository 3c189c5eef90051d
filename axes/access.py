"""The one way a view gets hold of a convention or of what it holds."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from .models import Axe, Commune, Convention, Membre
from .permissions import (
    can_coordinate,
    can_edit_axe,
    can_manage_team,
    can_read,
    can_read_internal,
    membre_of,
)


@dataclass(frozen=True, slots=True)
class Acces:
    """A convention as one person may use it."""

    convention: Convention
    membre: Membre

    @property
    def version(self) -> str:
        """A text that changes with the day and whenever anything is written in the convention.

        AttributeError unless the convention was asked for `versioned`.
        """
        return f"{timezone.localdate().isoformat()}-{self.membre.entrees_recentes or 0}"

    @property
    def peut_lire(self) -> bool:
        return can_read(self.membre)

    @property
    def gere_equipe(self) -> bool:
        return can_manage_team(self.membre)

    @property
    def peut_coordonner(self) -> bool:
        return can_coordinate(self.membre)

    @property
    def voit_interne(self) -> bool:
        return can_read_internal(self.membre)


def get_acces(user, slug: str, *, write: bool = False, versioned: bool = False) -> Acces:
    """The convention of this address for this person; `versioned` fills in `Acces.version`.

    Raises Http404 to a stranger, as if it did not exist; PermissionDenied to a reader who asks to
    write.
    """
    membre = membre_of(user, slug, versioned=versioned)
    if not can_read(membre):
        raise Http404("Convention inconnue.")
    if write and not can_coordinate(membre):
        raise PermissionDenied("Seule la coordination peut modifier cette page.")
    return Acces(membre.convention, membre)


def get_equipe(user, slug: str) -> Acces:
    """The convention of this address for who manages its team, even without reading its contents.

    Raises Http404 to a stranger, PermissionDenied to the other members. Seeing the team and
    changing it are one right.
    """
    membre = membre_of(user, slug)
    if membre is None:
        raise Http404("Convention inconnue.")
    if not can_manage_team(membre):
        raise PermissionDenied("Seules la coordination et l’administration gèrent l’équipe.")
    return Acces(membre.convention, membre)


def get_axe(acces: Acces, pk: int, *, write: bool = False) -> Axe:
    """One axe of the convention; Http404 if it is another's, PermissionDenied to readers."""
    axe = (
        Axe.objects.filter(convention=acces.convention, pk=pk).select_related("convention").first()
    )
    if axe is None:
        raise Http404("Axe inconnu.")
    if write and not can_edit_axe(acces.membre, axe):
        raise PermissionDenied("Vous ne pouvez pas modifier cet axe.")
    return axe


def get_commune(acces: Acces, pk: int) -> Commune:
    """One commune of the convention; Http404 if it is another's."""
    commune = Commune.objects.filter(convention=acces.convention, pk=pk).first()
    if commune is None:
        raise Http404("Commune inconnue.")
    return commune
