"""Tableau de bord of a convention."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..context import page_context
from ..corps import draw_body
from ..tableau import build_tableau


@require_safe
def tableau(request, slug):
    acces = get_acces(request.user, slug, versioned=True)
    corps = draw_body(
        request,
        acces,
        "pilotage/corps/tableau.html",
        rubrique="tableau",
        build=lambda: _board(acces),
    )
    return render(request, "pilotage/tableau.html", page_context(acces, "tableau", corps=corps))


def _board(acces) -> dict:
    today = timezone.localdate()
    return {"tableau": build_tableau(acces.convention, today=today, pour_agir=acces.voit_interne)}
