"""Fiche action: read first, each block edited on its own."""

from functools import cache

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import get_fiche
from actions.forms.fiches import BLOCS, CommentaireForm
from actions.forms.lignes import FAMILLES
from actions.permissions import can_edit_fiche
from actions.services.fiches import add_to_fiche, comment, edit_fiche, edit_item, remove_item
from axes.access import get_acces
from axes.permissions import can_edit_axe
from ctg_portal.lib.forms import RichTextarea
from journal.models import Entree
from journal.phrases import describe

from ..context import page_context
from ..corps import draw_body
from ..edition import kept_choices, next_line, save_or_show
from ..fiche import build_fiche
from ..statuts import cells_of

ENTREES_MONTREES = 6


@require_safe
def fiche(request, slug, pk):
    acces = get_acces(request.user, slug, versioned=True)
    fiche = get_fiche(acces, pk)
    corps = draw_body(
        request,
        acces,
        "pilotage/corps/fiche.html",
        rubrique="plan",
        build=lambda: _page(acces, fiche),
        vary=(pk,),
    )
    context = page_context(acces, "plan", fiche=fiche, corps=corps, media=RichTextarea().media)
    return render(request, "pilotage/fiche/fiche.html", context)


def _page(acces, fiche) -> dict:
    entries = Entree.objects.of_fiche(fiche.pk).select_related("actor", "content_type")
    return {
        "vue": build_fiche(fiche, acces),
        "fiche": fiche,
        "cellules": cells_of(fiche),
        "editable": can_edit_fiche(acces.membre, fiche),
        "gere_axe": can_edit_axe(acces.membre, fiche.axe),
        "entrees": describe(entries.recent_first()[:ENTREES_MONTREES], interne=acces.voit_interne),
        "champs_commentaire": _blank_comment(),
    }


@cache
def _blank_comment() -> SafeString:
    """The fields of an empty comment: the same on every fiche."""
    return render_to_string("pilotage/fiche/champs_commentaire.html", {"form": CommentaireForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def fiche_bloc(request, slug, pk, bloc):
    """Edit the plain fields of one block."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    if bloc not in BLOCS:
        raise Http404("Bloc inconnu.")
    titre, form_class = BLOCS[bloc]
    form = form_class(request.POST or None, instance=fiche)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_fiche(fiche=fiche, opened=opened, submitted=submitted),
        success=f"{titre} : enregistré.",
        back=f"{fiche.get_absolute_url()}#{bloc}",
        context=page_context(acces, "plan", fiche=fiche, titre=titre, ancre=bloc),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ligne_ajouter(request, slug, pk, famille):
    """Add a row to one of the lists of the fiche."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    un, form_class = _famille(famille)
    form = form_class(
        request.POST or None,
        request.FILES or None,
        fiche=fiche,
        initial=kept_choices(request, form_class),
    )
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_to_fiche(
            fiche=fiche, item=form.instance, fichier=submitted.get("fichier") or None
        ),
        success=f"Ajout enregistré : {un}.",
        back=next_line(request, form, f"{fiche.get_absolute_url()}#{famille}"),
        context=page_context(
            acces,
            "plan",
            fiche=fiche,
            titre=f"Ajouter {un}",
            ancre=famille,
            en_serie=True,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ligne_modifier(request, slug, pk, famille, ligne):
    """Edit one row of a list of the fiche."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    un, form_class = _famille(famille)
    item = get_object_or_404(form_class.Meta.model, pk=ligne, fiche=fiche)
    form = form_class(request.POST or None, request.FILES or None, instance=item, fiche=fiche)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_item(item=item, opened=opened, submitted=submitted),
        success=f"Enregistré : {un}.",
        back=f"{fiche.get_absolute_url()}#{famille}",
        context=page_context(
            acces,
            "plan",
            fiche=fiche,
            titre=f"Modifier {un}",
            ancre=famille,
            famille=famille,
            ligne_pk=item.pk,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ligne_supprimer(request, slug, pk, famille, ligne):
    """Ask once, then remove one row; the journal keeps what it said."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    un, form_class = _famille(famille)
    item = get_object_or_404(form_class.Meta.model, pk=ligne, fiche=fiche)
    if request.method == "POST":
        remove_item(item=item)
        messages.success(request, f"Suppression enregistrée : {un}.")
        return redirect(f"{fiche.get_absolute_url()}#{famille}")
    context = page_context(acces, "plan", fiche=fiche, un=un, item=item, famille=famille)
    return render(request, "pilotage/fiche/supprimer.html", context)


@require_POST
def commentaire_ajouter(request, slug, pk):
    """Leave a comment on a fiche that one may edit."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    form = CommentaireForm(request.POST)
    if form.is_valid():
        comment(fiche=fiche, auteur=request.user, **form.cleaned_data)
        messages.success(request, "Commentaire enregistré.")
        return redirect(f"{fiche.get_absolute_url()}#commentaires")
    context = page_context(
        acces,
        "plan",
        fiche=fiche,
        titre="Ajouter un commentaire",
        ancre="commentaires",
        form=form,
        conflits=[],
    )
    return render(request, "pilotage/fiche/bloc.html", context, status=422)


def _famille(famille: str):
    if famille not in FAMILLES:
        raise Http404("Liste inconnue.")
    return FAMILLES[famille]
