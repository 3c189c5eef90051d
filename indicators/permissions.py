"""Who may edit an indicator and its values."""

from django.db.models import Q, QuerySet

from actions.models import FicheAction
from actions.permissions import can_edit_fiche
from axes.enums import Role
from axes.models import Axe, Membre
from axes.permissions import can_coordinate, can_edit_axe

from .models import Indicateur

_ROLES_WRITING = frozenset({Role.COORDINATION, Role.REFERENT, Role.CONTRIBUTEUR})


def can_edit_indicateur(membre: Membre | None, indicateur: Indicateur) -> bool:
    """Who edits its fiche, or its axe, edits an indicator; one of the convention, only the
    coordination."""
    if can_coordinate(membre):
        return True
    if fiche := indicateur.fiche_porteuse:
        return can_edit_fiche(membre, fiche)
    return indicateur.axe is not None and can_edit_axe(membre, indicateur.axe)


def can_add_indicateur(membre: Membre | None) -> bool:
    """Every writing role may, on the axes and fiches that it edits (see `editable_places`)."""
    return membre is not None and membre.role in _ROLES_WRITING


def editable_places(membre: Membre) -> tuple[QuerySet[Axe], QuerySet[FicheAction]]:
    """The axes and the fiches on which this person may set an indicator.

    All of them for the coordination, her axes with their fiches for a référent, the fiches that
    were given to her for a contributeur.
    """
    axes = Axe.objects.filter(convention=membre.convention_id)
    fiches = FicheAction.objects.filter(axe__convention=membre.convention_id)
    if membre.role == Role.COORDINATION:
        return axes, fiches
    if membre.role == Role.REFERENT:
        return axes.filter(referents=membre), fiches.filter(axe__referents=membre)
    if membre.role == Role.CONTRIBUTEUR:
        return axes.none(), fiches.filter(attributions__membre=membre)
    return axes.none(), fiches.none()


def editable_indicateurs(membre: Membre) -> QuerySet[Indicateur]:
    """The indicators that `can_edit_indicateur` grants to this person, as one queryset."""
    indicateurs = Indicateur.objects.filter(convention=membre.convention_id)
    if can_coordinate(membre):
        return indicateurs
    axes, fiches = (places.values("pk") for places in editable_places(membre))
    return indicateurs.filter(
        Q(fiche__in=fiches)
        | Q(fiche=None, volet__fiche__in=fiches)
        | Q(fiche=None, volet=None, axe__in=axes)
    )
