"""A meeting planned, cancelled or removed, and the lines that it holds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from axes.access import get_acces
from axes.services.lignes import BAS, HAUT, edit_row, move_row, remove_row
from copil.access import get_reunion
from copil.enums import Presence
from copil.forms.reunions import FAMILLES, AnnulationForm, NouvelleReunionForm
from copil.models import Instance, Participant
from copil.services.reunions import (
    ReunionRefus,
    add_reunion,
    add_to_reunion,
    cancel_reunion,
    history_of,
    mark_presence,
    remove_reunion,
)

from ..context import page_context
from ..edition import next_line, save_or_show

TEMPLATE_BLOC = "pilotage/reunions/bloc.html"
TEMPLATE_SUPPRIMER = "pilotage/reunions/supprimer.html"


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_ajouter(request, slug):
    """Plan a meeting; its page then takes the agenda, the guests and the rest."""
    acces = get_acces(request.user, slug, write=True)
    form = NouvelleReunionForm(request.POST or None, convention=acces.convention)
    if request.method == "POST" and form.is_valid():
        reunion = add_reunion(reunion=form.instance, instances=form.cleaned_data["instances"])
        messages.success(request, "Réunion ajoutée.")
        return redirect(reunion)
    context = page_context(
        acces,
        "reunions",
        form=form,
        sans_instance=not Instance.objects.filter(convention=acces.convention).exists(),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "pilotage/reunions/nouvelle.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_annuler(request, slug, pk):
    """Cancel a meeting, with the reason."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    nom = str(reunion)
    form = AnnulationForm(request.POST or None, instance=reunion)
    try:
        return save_or_show(
            request,
            form,
            save=lambda opened, submitted: cancel_reunion(reunion=reunion, **submitted),
            success="La réunion est annulée.",
            back=reunion.get_absolute_url(),
            context=page_context(
                acces, "reunions", reunion=reunion, nom=nom, titre="Annuler la réunion"
            ),
            template=TEMPLATE_BLOC,
        )
    except ReunionRefus as refus:
        messages.error(request, str(refus))
        return redirect(reunion)


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_supprimer(request, slug, pk):
    """Ask once, then remove a meeting that was only prepared; say why another one stays."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    if request.method == "POST":
        try:
            remove_reunion(reunion=reunion)
        except ReunionRefus as refus:
            messages.error(request, str(refus))
            return redirect(reunion)
        messages.success(request, "La réunion est supprimée.")
        return redirect("pilotage:reunions", slug)
    context = page_context(
        acces,
        "reunions",
        reunion=reunion,
        titre="Supprimer la réunion",
        objet=str(reunion),
        histoire=history_of(reunion),
        retour=reunion.get_absolute_url(),
    )
    return render(request, TEMPLATE_SUPPRIMER, context)


# --- Its lines: agenda and participants -------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_ligne_ajouter(request, slug, pk, famille):
    """Add a line to one of the lists of the meeting."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    un, form_class = _famille(famille)
    form = form_class(request.POST or None, reunion=reunion)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_to_reunion(reunion=reunion, item=form.instance),
        success=f"Ajout enregistré\u00a0: {un}.",
        back=next_line(request, form, f"{reunion.get_absolute_url()}#{famille}"),
        context=page_context(
            acces,
            "reunions",
            reunion=reunion,
            nom=str(reunion),
            titre=f"Ajouter {un}",
            en_serie=True,
        ),
        template=TEMPLATE_BLOC,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_ligne_modifier(request, slug, pk, famille, ligne):
    """Edit one line of a list of the meeting."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    un, form_class = _famille(famille)
    item = _ligne(form_class, reunion, ligne)
    form = form_class(request.POST or None, instance=item, reunion=reunion)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_row(item=item, opened=opened, submitted=submitted),
        success=f"Enregistré\u00a0: {un}.",
        back=f"{reunion.get_absolute_url()}#{famille}",
        context=page_context(
            acces,
            "reunions",
            reunion=reunion,
            nom=str(reunion),
            titre=f"Modifier {un}",
            supprimer=reverse("pilotage:reunion_ligne_supprimer", args=[slug, pk, famille, ligne]),
        ),
        template=TEMPLATE_BLOC,
    )


@require_POST
def reunion_ligne_deplacer(request, slug, pk, famille, ligne):
    """One place up or down, by a button: the keyboard's way to reorder."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    _, form_class = _famille(famille)
    item = _ligne(form_class, reunion, ligne)
    direction = request.POST.get("direction")
    if direction not in (HAUT, BAS):
        raise Http404("Direction inconnue.")
    siblings = form_class.Meta.model.objects.filter(reunion=reunion)
    move_row(item=item, siblings=siblings, direction=direction)
    return redirect(f"{reunion.get_absolute_url()}#{famille}-{ligne}")


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_ligne_supprimer(request, slug, pk, famille, ligne):
    """Ask once, then remove one line; the journal keeps what it said."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    un, form_class = _famille(famille)
    item = _ligne(form_class, reunion, ligne)
    back = f"{reunion.get_absolute_url()}#{famille}"
    if request.method == "POST":
        remove_row(item=item)
        messages.success(request, f"Suppression enregistrée\u00a0: {un}.")
        return redirect(back)
    context = page_context(
        acces,
        "reunions",
        reunion=reunion,
        titre=f"Supprimer {un}",
        objet=str(item),
        histoire=[],
        retour=back,
    )
    return render(request, TEMPLATE_SUPPRIMER, context)


@require_POST
def participant_presence(request, slug, pk, ligne):
    """Present or excused, in one click; the same click again takes it back."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    participant = get_object_or_404(Participant, pk=ligne, reunion=reunion)
    presence = request.POST.get("presence")
    if presence not in {"", *Presence.values}:
        raise Http404("Présence inconnue.")
    mark_presence(participant=participant, presence=presence)
    return redirect(f"{reunion.get_absolute_url()}#participants-{ligne}")


def _famille(famille: str):
    if famille not in FAMILLES:
        raise Http404("Liste inconnue.")
    return FAMILLES[famille]


def _ligne(form_class, reunion, pk: int):
    # The meeting is known already: the journal asks the line for it.
    lignes = form_class.Meta.model.objects.filter(reunion=reunion).select_related("reunion")
    return get_object_or_404(lignes, pk=pk)
