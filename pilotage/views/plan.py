"""Plan d'actions: every fiche in one table, its filters in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.forms.plan import FiltreFiches, LotForm
from actions.models import FicheAction
from actions.permissions import can_order_fiches, editable_among
from axes.access import get_acces

from ..context import page_context, removable_filters
from ..corps import draw_body
from ..groupes import build_plan
from ..plan import build_lines
from ..retour import as_query

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
    fiches = list(filtre.filter(every).with_place().prefetch_related("pilotes").in_order())
    editables = editable_among(acces.membre, fiches)
    grouping = filtre.grouping
    here = request.get_full_path()
    return {
        "filtre": filtre,
        "filtres_actifs": removable_filters(request, filtre),
        "plan": build_plan(fiches, build_lines(fiches, editables, slug), grouping),
        "deplacable": not grouping and can_order_fiches(acces.membre),
        "lot": LotForm(fiches=every.none()) if editables else None,
        "colonnes": 6 if editables else 5,
        "total": every.active().count(),
        "montrees": len(fiches),
        "avec_script": bool(request.htmx),
        "retour": here,
        "retour_tiroir": as_query(here),
        "filtres": f"?{request.GET.urlencode()}" if request.GET else "",
    }
