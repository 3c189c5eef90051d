"""The one way a view gets hold of a fiche action."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from axes.access import Acces

from .models import FicheAction
from .permissions import can_edit_fiche


def get_fiche(
    acces: Acces,
    pk: int,
    *,
    write: bool = False,
    lock: bool = False,
) -> FicheAction:
    """One fiche of the convention, with its axe.

    `lock` keeps its row from other writers until the end of the transaction, which the caller has
    to have opened. Raises Http404 if it belongs to another convention, PermissionDenied to who may
    not edit it.
    """
    fiches = FicheAction.objects.of_convention(acces.convention).select_related("axe")
    if lock:
        fiches = fiches.select_for_update(of=("self",))
    fiche = fiches.order_by().filter(pk=pk).first()
    if fiche is None:
        raise Http404("Fiche action inconnue.")
    # Known already: addresses and forms need no other query.
    fiche.axe.convention = acces.convention
    if write and not can_edit_fiche(acces.membre, fiche):
        raise PermissionDenied("Vous ne pouvez pas modifier cette fiche.")
    return fiche
