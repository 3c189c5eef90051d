"""Mes conventions: where a person lands."""

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from axes.enums import ROLES_LISANT
from axes.models import Convention


@require_safe
def conventions(request):
    """The conventions of this person; with only one, its first page at once.

    Whoever administers a convention without reading it lands on its team.
    """
    mine = list(
        Convention.objects.of_team(request.user)
        .annotate(
            fiches=Count("axes__fiches", filter=Q(axes__fiches__archivee=False), distinct=True)
        )
        .order_by("-debut", "territoire", "pk")
    )
    if len(mine) == 1 and "toutes" not in request.GET:
        return redirect(_first_page(mine[0]))
    lignes = [(one, _first_page(one), one.role in ROLES_LISANT) for one in mine]
    return render(request, "pilotage/conventions.html", {"lignes": lignes})


def _first_page(convention: Convention) -> str:
    """The dashboard for who reads the convention, the team for who only administers it."""
    if convention.role in ROLES_LISANT:
        return convention.get_absolute_url()
    return reverse("pilotage:equipe", args=[convention.slug])
