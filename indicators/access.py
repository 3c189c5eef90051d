"""The one way a view gets hold of an indicator or of one of its values."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from axes.access import Acces

from .models import Indicateur, Valeur
from .permissions import can_edit_indicateur


def get_indicateur(acces: Acces, pk: int, *, write: bool = False) -> Indicateur:
    """One indicator of the convention, with its structure, fiche and axe.

    Raises Http404 if it belongs to another convention, PermissionDenied to who may not edit it.
    """
    indicateur = (
        Indicateur.objects.of_convention(acces.convention).with_place().filter(pk=pk).first()
    )
    if indicateur is None:
        raise Http404("Indicateur inconnu.")
    indicateur.convention = acces.convention
    if write and not can_edit_indicateur(acces.membre, indicateur):
        raise PermissionDenied("Vous ne pouvez pas modifier cet indicateur.")
    return indicateur


def get_valeur(indicateur: Indicateur, pk: int) -> Valeur:
    """One value of this indicator, or Http404."""
    valeur = Valeur.objects.filter(indicateur=indicateur, pk=pk).first()
    if valeur is None:
        raise Http404("Valeur inconnue.")
    valeur.indicateur = indicateur
    return valeur
