"""Mes conventions: where a person lands."""

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from axes.models import Convention


@require_safe
def conventions(request):
    """The conventions of this person; with only one, its dashboard at once."""
    mine = list(
        Convention.objects.visible_to(request.user)
        .annotate(
            fiches=Count("axes__fiches", filter=Q(axes__fiches__archivee=False), distinct=True)
        )
        .order_by("-debut", "territoire", "pk")
    )
    if len(mine) == 1 and "toutes" not in request.GET:
        return redirect(mine[0])
    return render(request, "pilotage/conventions.html", {"conventions": mine})
