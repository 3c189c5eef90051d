"""Réalisation × objectifs: one cell per pair of statuses, each opens its fiches."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..context import page_context
from ..croisement import build_croisement


@require_safe
def croisement(request, slug):
    acces = get_acces(request.user, slug)
    croisement = build_croisement(acces.convention, request.GET.get("axe", ""))
    context = page_context(acces, "plan", croisement=croisement)
    return render(request, "pilotage/croisement.html", context)
