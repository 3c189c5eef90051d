"""The life of fiches in the plan: opened, copied, moved, archived, changed several at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actions.access import get_fiche
from actions.forms.fiches import LotForm, NouvelleFicheForm
from actions.models import FicheAction
from actions.permissions import editable_among
from actions.services.fiches import change_archivee, change_several, create_fiche, duplicate_fiche
from axes.access import get_acces
from axes.permissions import can_edit_axe, editable_axes
from axes.services.lignes import BAS, HAUT, move_row
from ctg_portal.lib.typographie import compte

from ..context import page_context


@require_http_methods(["GET", "HEAD", "POST"])
def fiche_ajouter(request, slug):
    """Open a fiche in one of the axes that this person edits."""
    acces = get_acces(request.user, slug)
    axes = editable_axes(acces.membre, acces.convention)
    if not axes.exists():
        raise PermissionDenied("Vous ne pouvez ajouter une fiche dans aucun axe.")
    initial = {"axe": request.GET.get("axe"), "objectif": request.GET.get("objectif")}
    form = NouvelleFicheForm(request.POST or None, axes=axes, initial=initial)
    if request.method == "POST" and form.is_valid():
        fiche = create_fiche(fiche=form.instance)
        messages.success(request, f"Fiche « {fiche.nom_court} » ajoutée.")
        return redirect(fiche)
    context = page_context(acces, "plan", form=form)
    status = 422 if request.method == "POST" else 200
    return render(request, "pilotage/fiche/nouvelle.html", context, status=status)


@require_POST
def fiche_dupliquer(request, slug, pk):
    """Copy what a fiche plans into a new one, which opens."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    _require_axe(acces, fiche)
    copy = duplicate_fiche(fiche=fiche)
    messages.success(request, "Fiche copiée : ce qui était prévu, sans ce qui a été fait.")
    return redirect(copy)


@require_POST
def fiche_deplacer(request, slug, pk):
    """One place up or down among the fiches of its objectif."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    _require_axe(acces, fiche)
    direction = request.POST.get("direction")
    if direction not in (HAUT, BAS):
        raise Http404("Déplacement inconnu.")
    siblings = FicheAction.objects.filter(axe=fiche.axe).active()
    move_row(item=fiche, siblings=siblings, direction=direction)
    return redirect(f"{reverse('pilotage:plan', args=[slug])}#ligne-{pk}")


@require_POST
def fiche_archiver(request, slug, pk):
    """Archive a fiche or bring it back; nothing that has a history is deleted."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    _require_axe(acces, fiche)
    written = change_archivee(fiche=fiche, archivee=not fiche.archivee)
    words = "archivée : elle ne compte plus" if written.archivee else "remise dans le plan"
    messages.success(request, f"Fiche « {fiche.nom_court} » {words}.")
    return redirect(fiche)


@require_POST
def fiches_lot(request, slug):
    """Give one status to the ticked fiches, all or none of them."""
    acces = get_acces(request.user, slug)
    every = FicheAction.objects.of_convention(acces.convention).with_place()
    allowed = editable_among(acces.membre, list(every))
    if not allowed:
        raise PermissionDenied("Vous ne pouvez modifier aucune fiche.")
    form = LotForm(request.POST, fiches=every.filter(pk__in=allowed))
    if not form.is_valid():
        context = page_context(acces, "plan", form=form)
        return render(request, "pilotage/lot_refuse.html", context, status=422)
    chosen = form.cleaned_data
    changed = change_several(
        fiches=list(chosen["fiches"]), champ=chosen["champ"], valeur=chosen["valeur"]
    )
    messages.success(request, f"{compte(len(changed), 'fiche modifiée', 'fiches modifiées')}.")
    return redirect("pilotage:plan", slug)


def _require_axe(acces, fiche) -> None:
    """A contributeur edits her fiche; the plan around it is for who edits the axe."""
    if not can_edit_axe(acces.membre, fiche.axe):
        raise PermissionDenied("Seuls la coordination et les référents de l’axe changent le plan.")
