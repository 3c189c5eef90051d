"""Points of an axe, year by year, and what became of its perspectives."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from axes.access import get_acces, get_axe
from copil.access import get_point
from copil.enums import NaturePoint
from copil.forms.points import DevenirForm, PointAxeForm
from copil.services.points import add_point, edit_point, settle_perspective

from ..context import page_context
from ..edition import save_or_show

FORMULAIRE = "pilotage/point.html"


@require_http_methods(["GET", "HEAD", "POST"])
def point_ajouter(request, slug, pk):
    acces = get_acces(request.user, slug)
    axe = get_axe(acces, pk, write=True)
    initial = {
        "exercice": request.GET.get("exercice") or timezone.localdate().year,
        "nature": request.GET.get("nature", ""),
    }
    form = PointAxeForm(request.POST or None, axe=axe, initial=initial)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_point(point=form.instance),
        success="Point de l’année : ajout enregistré.",
        back=axe.get_absolute_url(),
        context=page_context(acces, "plan", axe=axe, titre="Ajouter un point de l’année"),
        template=FORMULAIRE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def point_modifier(request, slug, pk):
    acces = get_acces(request.user, slug)
    point = get_point(acces, pk)
    form = PointAxeForm(request.POST or None, instance=point, axe=point.axe)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_point(point=point, opened=opened, submitted=submitted),
        success="Point de l’année : enregistré.",
        back=f"{point.axe.get_absolute_url()}#point-{point.pk}",
        context=page_context(acces, "plan", axe=point.axe, titre="Modifier un point de l’année"),
        template=FORMULAIRE,
    )


@require_POST
def perspective_devenir(request, slug, pk):
    """Say what became of a perspective; « devenue fiche action » opens the fiche."""
    acces = get_acces(request.user, slug)
    point = get_point(acces, pk)
    form = DevenirForm(request.POST)
    if point.nature != NaturePoint.PERSPECTIVE or not form.is_valid():
        context = page_context(acces, "plan", axe=point.axe, point=point, form=form)
        return render(request, "pilotage/devenir_refuse.html", context, status=422)
    before = point.fiche_id
    written = settle_perspective(point=point, devenir=form.cleaned_data["devenir"])
    if written.fiche_id and not before:
        messages.success(request, "La fiche action est ouverte : il reste à la remplir.")
        return redirect("pilotage:fiche", slug, written.fiche_id)
    messages.success(request, "Devenir de la perspective : enregistré.")
    return redirect(f"{point.axe.get_absolute_url()}#point-{pk}")
