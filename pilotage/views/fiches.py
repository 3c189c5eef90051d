"""The life of fiches in the plan: opened, copied, moved, archived, changed several at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actions.access import get_fiche
from actions.forms.fiches import NouvelleFicheForm
from actions.forms.plan import AnnulerLotForm, LotForm, PlaceForm
from actions.models import FicheAction
from actions.permissions import editable_among
from actions.services.fiches import (
    Place,
    PlaceRefusee,
    change_archivee,
    change_several,
    create_fiche,
    duplicate_fiche,
    give_back_several,
    place_beside,
    place_fiche,
)
from axes.access import get_acces
from axes.permissions import can_edit_axe, editable_axes
from ctg_portal.lib.annulation import tell_change
from ctg_portal.lib.typographie import compte

from ..context import page_context
from ..retour import rows_of, safe_return, to_row


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
    """Put a fiche elsewhere among those of its objectif: one step, or beside the one it names."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    _require_axe(acces, fiche)
    back = to_row(safe_return(request, fiche), rows_of(request, pk)[0])
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404("Déplacement inconnu.")
    asked = form.cleaned_data
    if asked["direction"]:
        place = place_beside(fiche=fiche, haut=asked["direction"] == "haut")
    else:
        apres = asked["apres"] is not None
        place = Place(get_fiche(acces, asked["apres"] if apres else asked["avant"]), apres)
    try:
        former = place_fiche(fiche=fiche, place=place) if place else None
    except PlaceRefusee as refusal:
        return _tell(request, "error", f"{refusal} Rechargez le plan.", back, status=409)
    if place is None:
        return _tell(request, "info", "La fiche est déjà au bout de son objectif.", back)
    undo = [("apres" if former.apres else "avant", former.voisine.pk)] if former else []
    return _tell(
        request,
        "success",
        f"« {fiche} » déplacée. Enregistré.",
        back,
        annuler=reverse("pilotage:fiche_deplacer", args=[slug, pk]) if undo else "",
        champs=undo,
    )


def _tell(request, niveau, texte, back, *, status=200, annuler="", champs=()):
    """A notice alone for the script that moved the row, the plan with it for who has none."""
    if not request.htmx:
        if annuler:
            tell_change(request, texte, adresse=annuler, champs=champs, retour=back)
        else:
            messages.add_message(request, getattr(messages, niveau.upper()), texte)
        return redirect(back)
    context = {"niveau": niveau, "texte": texte, "retour": back, "annuler": annuler}
    context["champs"] = champs
    return render(request, "pilotage/plan/_avis.html", context, status=status)


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
        return _refuse_several(request, acces, form)
    champ, valeur = form.cleaned_data["champ"], form.cleaned_data["valeur"]
    before = change_several(fiches=list(form.cleaned_data["fiches"]), champ=champ, valeur=valeur)
    words = f"{compte(len(before), 'fiche modifiée', 'fiches modifiées')}."
    plan = reverse("pilotage:plan", args=[slug])
    if not before:
        messages.info(request, "Ces fiches avaient déjà cette valeur.")
        return redirect(plan)
    avant = " ".join(f"{pk}:{former}" for pk, former in before.items())
    tell_change(
        request,
        words,
        adresse=reverse("pilotage:fiches_lot_annuler", args=[slug]),
        champs=[("champ", champ), ("valeur", valeur), ("avant", avant)],
        retour=plan,
    )
    return redirect(plan)


@require_POST
def fiches_lot_annuler(request, slug):
    """Give their former status back to the fiches of a lot that nobody has changed since."""
    acces = get_acces(request.user, slug)
    every = FicheAction.objects.of_convention(acces.convention).with_place()
    allowed = editable_among(acces.membre, list(every))
    if not allowed:
        raise PermissionDenied("Vous ne pouvez modifier aucune fiche.")
    form = AnnulerLotForm(request.POST)
    if form.is_valid() and not form.cleaned_data["avant"].keys() <= allowed:
        form.add_error("avant", "Vous ne pouvez pas modifier toutes ces fiches.")
    if not form.is_valid():
        return _refuse_several(request, acces, form)
    chosen = form.cleaned_data
    restored = give_back_several(
        champ=chosen["champ"], valeur=chosen["valeur"], before=chosen["avant"]
    )
    kept = len(chosen["avant"]) - len(restored)
    messages.success(
        request, f"{compte(len(restored), 'fiche remise', 'fiches remises')} comme avant."
    )
    if kept:
        changed = compte(kept, "fiche, changée depuis, reste", "fiches, changées depuis, restent")
        messages.warning(request, f"{changed} comme {'elle est' if kept == 1 else 'elles sont'}.")
    return redirect("pilotage:plan", slug)


def _refuse_several(request, acces, form):
    context = page_context(acces, "plan", form=form)
    return render(request, "pilotage/lot_refuse.html", context, status=422)


def _require_axe(acces, fiche) -> None:
    """A contributeur edits her fiche; the plan around it is for who edits the axe."""
    if not can_edit_axe(acces.membre, fiche.axe):
        raise PermissionDenied("Seuls la coordination et les référents de l’axe changent le plan.")
