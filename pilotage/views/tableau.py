"""Tableau de bord of a convention."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces
from journal.phrases import describe

from ..context import page_context
from ..corps import draw_body
from ..tableau import build_tableau, changes_since

CHANGEMENTS_MONTRES = 5


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
    interne = acces.voit_interne
    board = build_tableau(acces.convention, today=timezone.localdate(), pour_agir=interne)
    changes = changes_since(acces.convention, board.dernier_copil)
    if changes is not None:
        changes = describe(changes[:CHANGEMENTS_MONTRES], interne=interne)
    return {"tableau": board, "changements": changes}
