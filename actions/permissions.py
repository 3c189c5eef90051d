"""Who may edit a fiche action."""

from axes.enums import Role
from axes.models import Membre
from axes.permissions import can_coordinate, can_edit_axe

from .models import FicheAction


def can_edit_fiche(membre: Membre | None, fiche: FicheAction) -> bool:
    """Who edits the axe edits its fiches; a contributeur edits those given to her."""
    if can_edit_axe(membre, fiche.axe):
        return True
    if membre is None or membre.role != Role.CONTRIBUTEUR:
        return False
    return membre.attributions.filter(fiche=fiche).exists()


def editable_among(membre: Membre | None, fiches) -> frozenset[int]:
    """Keys of the fiches that this person may edit, in at most one query for a whole list."""
    if can_coordinate(membre):
        return frozenset(fiche.pk for fiche in fiches)
    if membre is None:
        return frozenset()
    if membre.role == Role.REFERENT:
        axes = set(membre.axes.values_list("pk", flat=True))
        return frozenset(fiche.pk for fiche in fiches if fiche.axe_id in axes)
    if membre.role == Role.CONTRIBUTEUR:
        granted = set(membre.attributions.values_list("fiche_id", flat=True))
        return frozenset(fiche.pk for fiche in fiches if fiche.pk in granted)
    return frozenset()


def can_order_fiches(membre: Membre | None) -> bool:
    """Who edits axes orders the fiches she edits; a contributeur leaves the plan as it is."""
    return membre is not None and membre.role in (Role.COORDINATION, Role.REFERENT)
