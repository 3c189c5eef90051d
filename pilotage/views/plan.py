"""Plan d'actions: every fiche in one table, its filters in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.forms.fiches import FiltreFiches, LotForm
from actions.models import FicheAction
from actions.permissions import editable_among
from axes.access import get_acces

from ..context import page_context, removable_filters
from ..corps import draw_body
from ..plan import build_plan

CORPS = "pilotage/corps/plan.html"


@require_safe
def plan(request, slug):
    acces = get_acces(request.user, slug, versioned=True)
    corps = draw_body(
        request,
        acces,
        f"{CORPS}#resultats" if request.htmx else CORPS,
        rubrique="plan",
        build=lambda: _table(request, acces, slug),
        vary=(request.get_full_path(),),
    )
    if request.htmx:
        return HttpResponse(corps)
    return render(request, "pilotage/plan.html", page_context(acces, "plan", corps=corps))


def _table(request, acces, slug) -> dict:
    every = FicheAction.objects.of_convention(acces.convention)
    filtre = FiltreFiches(request.GET, convention=acces.convention)
    fiches = list(filtre.filter(every).with_place().in_order())
    editables = editable_among(acces.membre, fiches)
    return {
        "filtre": filtre,
        "filtres_actifs": removable_filters(request, filtre),
        "plan": build_plan(fiches, editables, slug),
        "lot": LotForm(fiches=every.none()) if editables else None,
        "total": every.active().count(),
        "montrees": len(fiches),
        "retour": request.get_full_path(),
        "filtres": f"?{request.GET.urlencode()}" if request.GET else "",
    }
