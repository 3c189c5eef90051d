"""The journal of a convention: who changed what, when, from which value to which."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.models import FicheAction
from axes.access import get_acces
from journal.models import Entree
from journal.phrases import describe

from ..context import page_context, removable_filters
from ..forms.journal import FiltreJournal

LIGNES_PAR_PAGE = 50


@require_safe
def journal(request, slug):
    """The entries, filtered by the address; for those who edit, since it tells internal notes."""
    acces = get_acces(request.user, slug)
    if not acces.voit_interne:
        raise PermissionDenied("Le journal est lu par l’équipe qui tient la convention à jour.")
    filtre = FiltreJournal(request.GET, convention=acces.convention)
    entrees = filtre.filter(Entree.objects.of_convention(acces.convention.pk))
    page = Paginator(
        entrees.select_related("actor", "content_type").recent_first(), LIGNES_PAR_PAGE
    ).get_page(request.GET.get("page"))
    lignes = describe(page.object_list, interne=True)
    context = page_context(
        acces,
        "journal",
        filtre=filtre,
        filtres_actifs=removable_filters(request, filtre),
        page=page,
        lignes=_with_fiches(acces.convention, lignes),
    )
    return render(request, "pilotage/journal.html", context)


def _with_fiches(convention, lignes):
    """Each line with the fiche it is about, None where there is none any more. One query."""
    fiches = {
        fiche.pk: fiche
        for fiche in FicheAction.objects.of_convention(convention)
        .filter(pk__in={ligne.fiche_pk for ligne in lignes})
        .with_place()
    }
    return [(ligne, fiches.get(ligne.fiche_pk)) for ligne in lignes]
