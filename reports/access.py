"""The one way a view gets hold of an arrêté."""

from django.http import Http404

from axes.access import Acces

from .models import Bilan
from .queries import bilans_of


def get_arrete(acces: Acces, pk: int) -> Bilan:
    """One arrêté of the convention, with its tree; Http404 for another's, and for a draft."""
    return _first(bilans_of(acces.convention, with_tree=True), pk)


def get_arrete_for_file(acces: Acces, pk: int) -> Bilan:
    """The same without its tree, which is only read for a file that was never made."""
    return _first(Bilan.objects.of_convention(acces.convention).defer("arbre"), pk)


def _first(bilans, pk: int) -> Bilan:
    bilan = bilans.arretes().filter(pk=pk).first()
    if bilan is None:
        raise Http404("Ce bilan arrêté n’existe pas.")
    return bilan
