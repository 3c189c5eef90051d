"""The convention and the lists that describe it: axes, communes, structures, jalons…"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from axes.access import get_acces
from axes.forms import ConventionForm
from axes.services.lignes import (
    BAS,
    HAUT,
    EncoreCitee,
    add_row,
    edit_row,
    move_row,
    remove_row,
    usages_of,
)
from indicators.forms import FusionForm
from indicators.services import merge_structures

from ..context import page_context
from ..edition import kept_choices, next_line, save_or_show
from ..listes import LISTES, Liste, build_row

FORMULAIRE = "pilotage/convention/formulaire.html"


@require_safe
def convention(request, slug):
    """What the convention states of itself, and the way to each of its lists."""
    acces = get_acces(request.user, slug)
    listes = [(liste, liste.rows(acces.convention).count()) for liste in LISTES.values()]
    context = page_context(acces, "convention", listes=listes)
    return render(request, "pilotage/convention/convention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_modifier(request, slug):
    acces = get_acces(request.user, slug, write=True)
    form = ConventionForm(request.POST or None, instance=acces.convention)
    back = reverse("pilotage:convention", args=[slug])
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_row(
            item=acces.convention, opened=opened, submitted=submitted
        ),
        success="Convention : enregistré.",
        back=back,
        context=page_context(
            acces, "convention", titre="Modifier la convention", liste=None, supprimable=None
        ),
        template=FORMULAIRE,
    )


@require_safe
def liste(request, slug, liste):
    acces = get_acces(request.user, slug)
    one = _liste(liste)
    rows = [build_row(one, row) for row in one.rows(acces.convention)]
    context = page_context(acces, "convention", liste=one, lignes=rows)
    return render(request, "pilotage/convention/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def liste_ajouter(request, slug, liste):
    acces = get_acces(request.user, slug, write=True)
    one = _liste(liste)
    form = one.form(
        request.POST or None,
        convention=acces.convention,
        initial=kept_choices(request, one.form),
    )
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: _add(one, form, acces.convention),
        success=f"{one.titre} : ajout enregistré.",
        back=next_line(request, form, _address(slug, one)),
        context=page_context(
            acces,
            "convention",
            titre=f"Ajouter {one.un}",
            liste=one,
            supprimable=None,
            en_serie=True,
        ),
        template=FORMULAIRE,
    )


def _add(one: Liste, form, convention):
    siblings = one.rows(convention).select_related(None)
    return add_row(item=form.instance, siblings=siblings, links=form.links())


@require_http_methods(["GET", "HEAD", "POST"])
def liste_modifier(request, slug, liste, pk):
    acces = get_acces(request.user, slug, write=True)
    one = _liste(liste)
    item = get_object_or_404(one.rows(acces.convention), pk=pk)
    form = one.form(request.POST or None, instance=item, convention=acces.convention)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_row(item=item, opened=opened, submitted=submitted),
        success=f"{one.titre} : enregistré.",
        back=_address(slug, one),
        context=page_context(
            acces, "convention", titre=f"Modifier {one.un}", supprimable=item, liste=one
        ),
        template=FORMULAIRE,
    )


@require_POST
def liste_deplacer(request, slug, liste, pk):
    """One place up or down, by a button: the keyboard's way to reorder."""
    acces = get_acces(request.user, slug, write=True)
    one = _liste(liste)
    item = get_object_or_404(one.rows(acces.convention), pk=pk)
    direction = request.POST.get("direction")
    if not one.ordonnee or direction not in (HAUT, BAS):
        raise Http404("Cette liste ne se réordonne pas ainsi.")
    siblings = one.rows(acces.convention).select_related(None)
    move_row(item=item, siblings=siblings, direction=direction)
    return redirect(f"{_address(slug, one)}#ligne-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def liste_supprimer(request, slug, liste, pk):
    """Ask once; what others still name stays, and the page says who names it."""
    acces = get_acces(request.user, slug, write=True)
    one = _liste(liste)
    item = get_object_or_404(one.rows(acces.convention), pk=pk)
    if request.method == "POST":
        try:
            remove_row(item=item)
        except EncoreCitee as refusal:
            messages.error(request, f"Rien n’est supprimé : encore citée par {refusal}.")
        else:
            messages.success(request, f"{one.titre} : suppression enregistrée.")
        return redirect(_address(slug, one))
    context = page_context(acces, "convention", liste=one, item=item, usages=usages_of(item))
    return render(request, "pilotage/convention/supprimer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def liste_fusionner(request, slug, liste, pk):
    """Merge a structure into another; the journal follows."""
    acces = get_acces(request.user, slug, write=True)
    one = _liste(liste)
    if not one.fusion:
        raise Http404("Cette liste ne se fusionne pas.")
    item = get_object_or_404(one.rows(acces.convention), pk=pk)
    form = FusionForm(request.POST or None, absorbee=item)
    if request.method == "POST" and form.is_valid():
        kept = merge_structures(gardee=form.cleaned_data["gardee"], absorbee=item)
        messages.success(request, f"« {item.nom} » est réunie à « {kept.nom} ».")
        return redirect(_address(slug, one))
    context = page_context(acces, "convention", liste=one, item=item, form=form)
    status = 422 if form.errors else 200
    return render(request, "pilotage/convention/fusionner.html", context, status=status)


def _liste(nom: str) -> Liste:
    if nom not in LISTES:
        raise Http404("Liste inconnue.")
    return LISTES[nom]


def _address(slug: str, one: Liste) -> str:
    return reverse("pilotage:liste", args=[slug, one.nom])
