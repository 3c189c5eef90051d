"""Mes conventions: where a person lands, and where a new one is opened."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from axes.enums import ROLES_LISANT, Role
from axes.forms import NouvelleConventionForm
from axes.models import Convention
from axes.permissions import can_open_convention
from axes.services.conventions import open_convention


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
    context = {"lignes": lignes, "peut_ouvrir": can_open_convention(request.user)}
    return render(request, "pilotage/conventions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_ouvrir(request):
    """Open an empty convention, then go on with its lists, or with whom to invite."""
    if not can_open_convention(request.user):
        raise PermissionDenied("Seule l’administration de l’installation ouvre une convention.")
    form = NouvelleConventionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_hers = form.cleaned_data["coordonne"]
        role = Role.COORDINATION if is_hers else Role.ADMINISTRATION
        convention = open_convention(convention=form.instance, auteur=request.user, role=role)
        messages.success(request, f"Convention de «\u00a0{convention.territoire}\u00a0» ouverte.")
        after = "pilotage:convention" if is_hers else "pilotage:equipe_inviter"
        return redirect(after, convention.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "pilotage/convention/ouvrir.html", {"form": form}, status=status)


def _first_page(convention: Convention) -> str:
    """The dashboard for who reads the convention, the team for who only administers it."""
    if convention.role in ROLES_LISANT:
        return convention.get_absolute_url()
    return reverse("pilotage:equipe", args=[convention.slug])
