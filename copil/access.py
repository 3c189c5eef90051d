"""The one way a view gets hold of a meeting."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from axes.access import Acces
from axes.permissions import can_coordinate, can_edit_axe

from .models import Decision, Point, Reunion


def get_reunion(acces: Acces, pk: int, *, write: bool = False) -> Reunion:
    """One meeting of the convention.

    Raises Http404 if it belongs to another convention, PermissionDenied to who does not coordinate
    and asks to write.
    """
    reunion = Reunion.objects.of_convention(acces.convention).filter(pk=pk).first()
    if reunion is None:
        raise Http404("Réunion inconnue.")
    if write and not can_coordinate(acces.membre):
        raise PermissionDenied("Seule la coordination peut modifier une réunion.")
    # Known already: links of the meeting need no other query.
    reunion.convention = acces.convention
    return reunion


def get_point(acces: Acces, pk: int) -> Point:
    """One point of an axe, to be written.

    Raises Http404 if it belongs to another convention or to no axe, PermissionDenied to who does
    not edit its axe.
    """
    points = Point.objects.filter(convention=acces.convention).exclude(axe=None)
    point = points.select_related("axe__convention").filter(pk=pk).first()
    if point is None:
        raise Http404("Point inconnu.")
    if not can_edit_axe(acces.membre, point.axe):
        raise PermissionDenied("Vous ne pouvez pas modifier les points de cet axe.")
    return point


def get_decision(reunion: Reunion, pk: int) -> Decision:
    """One decision of a meeting that was fetched by `get_reunion`; Http404 if it is another's."""
    decision = reunion.decisions.filter(pk=pk).first()
    if decision is None:
        raise Http404("Décision inconnue.")
    return decision
