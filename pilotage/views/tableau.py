"""Tableau de bord of a convention."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces
from journal.phrases import describe

from ..context import page_context
from ..tableau import build_tableau, changes_since

CHANGEMENTS_MONTRES = 5


@require_safe
def tableau(request, slug):
    acces = get_acces(request.user, slug)
    board = build_tableau(
        acces.convention, today=timezone.localdate(), pour_agir=acces.voit_interne
    )
    changes = changes_since(acces.convention, board.dernier_copil)
    context = page_context(
        acces,
        "tableau",
        tableau=board,
        changements=None
        if changes is None
        else describe(changes[:CHANGEMENTS_MONTRES], interne=acces.voit_interne),
    )
    return render(request, "pilotage/tableau.html", context)
