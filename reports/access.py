"""The one way a view gets hold of an arrêté, of a draft, of the exercice of an address."""

import datetime

from django.http import Http404

from axes.access import Acces
from axes.models import Convention
from axes.permissions import can_read, membre_of
from journal.models import Entree

from .forms.exercice import ExerciceForm
from .models import Bilan
from .queries import bilans_of, brouillons_of, exercices_of


def get_exercice(asked, convention: Convention, today: datetime.date) -> int | None:
    """The exercice of an address (`asked` is its query), None for the whole period.

    Raises Http404 where no bilan is possible for it.
    """
    if "exercice" not in asked:
        return None
    form = ExerciceForm(asked, exercices=exercices_of(convention, today))
    if not form.is_valid():
        raise Http404("Aucun bilan n’est possible pour cet exercice.")
    return form.cleaned_data["exercice"]


def get_bilan(acces: Acces, pk: int) -> Bilan:
    """One bilan of the convention, arrêté or draft, without its tree; Http404 for another's."""
    bilan = bilans_of(acces.convention).filter(pk=pk).first()
    if bilan is None:
        raise Http404("Ce bilan n’existe pas.")
    return bilan


def get_version(user, slug: str, today: datetime.date) -> tuple[Convention, str]:
    """The convention of this address, nothing read but its key, and what changes with its contents.

    Two light queries, all that a kept file asks for. Raises Http404 to who may not read it.
    """
    membre = membre_of(user, slug, today, bare=True)
    if not can_read(membre):
        raise Http404("Convention inconnue.")
    entries = Entree.recent_of(membre.convention_id, today).count()
    return membre.convention, f"{today}-{entries}"


def get_arrete(acces: Acces, pk: int) -> Bilan:
    """One arrêté of the convention, with its tree; Http404 for another's, and for a draft."""
    return _first(bilans_of(acces.convention, with_tree=True), pk)


def get_arrete_for_file(acces: Acces, pk: int) -> Bilan:
    """The same without its tree, which is only read for a file that was never made."""
    return _first(Bilan.objects.of_convention(acces.convention).defer("arbre"), pk)


def get_brouillon(acces: Acces, pk: int) -> Bilan:
    """One draft of the convention; Http404 for another's, and for what is arrêté by now."""
    draft = find_brouillon(acces, pk)
    if draft is None:
        raise Http404("Ce brouillon n’existe pas.")
    return draft


def find_brouillon(acces: Acces, pk: int) -> Bilan | None:
    """The same, None where there is none (any more)."""
    return brouillons_of(acces.convention).filter(pk=pk).first()


def _first(bilans, pk: int) -> Bilan:
    bilan = bilans.arretes().filter(pk=pk).first()
    if bilan is None:
        raise Http404("Ce bilan arrêté n’existe pas.")
    return bilan
