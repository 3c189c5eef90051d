"""Composing a bilan: a draft of the coordination, shown as it will be printed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from axes.access import get_acces
from ctg_portal.lib.conflits import show_conflicts
from ctg_portal.lib.edits import EditConflict

from ..access import find_brouillon, get_brouillon
from ..context import downloads, file_name, page_context
from ..fichiers import fichier_de
from ..forms.arretes import AvisForm
from ..forms.composer import BrouillonForm
from ..livraison import asked_before, deliver
from ..present import tree_of
from ..queries import exercices_of, proposed_draft
from ..render.formats import FORMATS
from ..render.html import template_context
from ..services.arretes import arreter
from ..services.brouillons import create_draft, delete_draft, edit_draft
from ..services.refus import ArreteRefus, BrouillonParti
from ..tasks import prepare_arrete

NOUVEAU = "reports:composer"
PAGE = "reports/composer/composer.html"
SUPPRIMER = "reports/composer/supprimer.html"
ARRETER = "reports/arretes/formulaire.html"


@require_http_methods(["GET", "HEAD", "POST"])
def composer(request, slug):
    """A new draft, composed as the latest bilan until something else is chosen."""
    acces = get_acces(request.user, slug, write=True)
    form = _new_form(request, acces)
    if _is_sent(request) and form.is_valid():
        draft = create_draft(
            brouillon=form.instance, axes=form.cleaned_data["axes"], auteur=request.user
        )
        messages.success(request, f"Brouillon du «\u00a0{draft}\u00a0» enregistré.")
        return redirect(draft)
    return _show(request, acces, form)


@require_http_methods(["GET", "HEAD", "POST"])
def brouillon(request, slug, pk):
    """Edit a draft; what somebody else changed meanwhile stays, or is shown beside."""
    acces = get_acces(request.user, slug, write=True)
    draft = find_brouillon(acces, pk)
    if draft is None:
        return _show_gone(request, acces)
    form = _form(request, acces, draft)
    if not _is_sent(request) or not form.is_valid():
        return _show(request, acces, form, brouillon=draft)
    try:
        edit_draft(brouillon=draft, opened=form.opened_values(), submitted=form.cleaned_data)
    except BrouillonParti:
        return _show_gone(request, acces)
    except EditConflict as conflict:
        conflits = show_conflicts(form, conflict)
        form = form.rebased(conflict.conflicts)
        return _show(request, acces, form, status=409, brouillon=draft, conflits=conflits)
    messages.success(request, "Brouillon enregistré.")
    return redirect(draft)


@require_safe
def brouillon_fichier(request, slug, pk, cle):
    """A draft as it is saved, in one format."""
    acces = get_acces(request.user, slug, write=True)
    draft, found = get_brouillon(acces, pk), FORMATS[cle]
    fichier = asked_before(request, acces.convention, found) or fichier_de(
        acces.convention, tree_of(draft, today=timezone.localdate()), found
    )
    return deliver(
        request,
        fichier,
        nom=file_name(slug, draft.exercice, found, "brouillon"),
        contexte=page_context(
            acces, retour=draft.get_absolute_url(), retour_mots="Revenir au brouillon"
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def brouillon_arreter(request, slug, pk):
    """Freeze a draft as it is composed, with the words of the COPIL."""
    acces = get_acces(request.user, slug, write=True)
    draft = get_brouillon(acces, pk)
    form = AvisForm(
        request.POST or None, convention=acces.convention, initial={"reunion": draft.reunion_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            frozen = arreter(
                convention=acces.convention,
                exercice=draft.exercice,
                brouillon=draft,
                auteur=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ArreteRefus as refus:
            form.add_error(None, str(refus))
        else:
            prepare_arrete(frozen)
            messages.success(request, f"{frozen}\u00a0: il ne changera plus.")
            return redirect(frozen)
    context = page_context(acces, form=form, corrige=None, brouillon=draft)
    return render(request, ARRETER, context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def brouillon_supprimer(request, slug, pk):
    """Ask, then delete a draft."""
    acces = get_acces(request.user, slug, write=True)
    draft = get_brouillon(acces, pk)
    if request.method == "POST":
        try:
            delete_draft(brouillon=draft)
        except BrouillonParti as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, f"Le brouillon «\u00a0{draft}\u00a0» est supprimé.")
        return redirect("reports:bilans", slug)
    return render(request, SUPPRIMER, page_context(acces, brouillon=draft))


def _is_sent(request) -> bool:
    """Whether the form is sent to be saved, and not only to be looked at."""
    return request.method == "POST" and "apercu" not in request.POST


def _form(request, acces, draft, **kwargs) -> BrouillonForm:
    exercices = exercices_of(acces.convention, timezone.localdate())
    return BrouillonForm(request.POST or None, instance=draft, exercices=exercices, **kwargs)


def _new_form(request, acces) -> BrouillonForm:
    draft, axes = proposed_draft(acces.convention, timezone.localdate())
    return _form(request, acces, draft, initial={"axes": axes})


def _show_gone(request, acces):
    """A draft frozen or deleted meanwhile: what was typed is offered as a new one."""
    if request.method != "POST":
        raise Http404("Ce brouillon n’existe pas.")
    return _show(request, acces, _new_form(request, acces), status=409, parti=True)


def _show(request, acces, form, *, status: int = 200, brouillon=None, conflits=(), parti=False):
    """The form and what it gives, even before it is saved; htmx only gets what it gives."""
    tree, slug, telechargements = None, acces.convention.slug, []
    if brouillon is not None:
        telechargements = downloads("reports:brouillon_fichier", slug, brouillon.pk)
    if not form.is_bound or form.is_valid():
        axes = form.cleaned_data["axes"] if form.is_bound else form["axes"].initial
        tree = tree_of(form.instance, today=timezone.localdate(), axes=axes)
    elif status == 200 and not request.htmx:
        status = 422
    context = page_context(
        acces,
        form=form,
        brouillon=brouillon,
        conflits=conflits,
        parti=parti,
        telechargements=telechargements,
        adresse=brouillon.get_absolute_url() if brouillon else reverse(NOUVEAU, args=[slug]),
        **(template_context(tree) if tree else {"bilan": None, "mise": None, "images": None}),
    )
    template = f"{PAGE}#apercu" if request.htmx else PAGE
    return render(request, template, context, status=status)
