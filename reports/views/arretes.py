"""The arrêtés of a convention: read by every member, frozen and corrected by the coordination."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from axes.access import get_acces

from ..access import get_arrete, get_arrete_for_file
from ..context import downloads, file_name, page_context, tells_unreadable
from ..fichiers import fichier_arrete
from ..forms.arretes import ArreterForm, CorrigerForm, EffacerForm
from ..livraison import deliver
from ..queries import bilans_of, brouillons_of, exercices_of, noms_arretes
from ..render.formats import FORMATS
from ..render.html import template_context
from ..services.arretes import arreter, corriger, effacer_personne
from ..services.refus import ArreteRefus
from ..tasks import prepare_arrete

FORMULAIRE = "reports/arretes/formulaire.html"


@require_safe
def bilans(request, slug):
    """What was frozen, what is being prepared, and the bilan of today."""
    acces = get_acces(request.user, slug)
    context = page_context(
        acces,
        bilans=list(bilans_of(acces.convention).arretes()),
        # A draft is the coordination's until it is frozen.
        brouillons=list(brouillons_of(acces.convention)) if acces.peut_coordonner else [],
    )
    return render(request, "reports/arretes/liste.html", context)


@require_safe
@tells_unreadable
def arrete(request, slug, pk):
    """One arrêté, as it was: preview, files, who, when, hash, versions."""
    acces = get_acces(request.user, slug)
    bilan = get_arrete(acces, pk)
    tree = bilan.tree
    context = page_context(
        acces,
        arrete=bilan,
        telechargements=downloads("reports:arrete_fichier", slug, pk),
        fige=tree.arrete,
        quand=timezone.localtime(bilan.arrete_le),
        **template_context(tree),
    )
    return render(request, "reports/arretes/arrete.html", context)


@require_safe
@tells_unreadable
def arrete_fichier(request, slug, pk, cle):
    """A file of an arrêté: the same bytes as the first time."""
    acces = get_acces(request.user, slug)
    bilan, found = get_arrete_for_file(acces, pk), FORMATS[cle]
    version = f"arrete-{timezone.localdate(bilan.arrete_le)}-v{bilan.version}"
    return deliver(
        request,
        fichier_arrete(bilan, found),
        nom=file_name(slug, bilan.exercice, found, version),
        contexte=page_context(
            acces,
            retour=reverse("reports:arrete", args=[slug, pk]),
            retour_mots="Revenir au bilan arrêté",
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bilan_arreter(request, slug):
    """Freeze the bilan of today, with the words of the COPIL."""
    acces = get_acces(request.user, slug, write=True)
    exercices = exercices_of(acces.convention, timezone.localdate())
    initial = {"exercice": request.GET.get("exercice", "")}
    form = ArreterForm(
        request.POST or None, initial=initial, convention=acces.convention, exercices=exercices
    )

    def freeze():
        return arreter(
            convention=acces.convention,
            auteur=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return _freeze_or_show(request, form, freeze, page_context(acces, corrige=None, brouillon=None))


@require_http_methods(["GET", "HEAD", "POST"])
@tells_unreadable
def bilan_corriger(request, slug, pk):
    """Freeze a new version of an arrêté, with the reason; the one before stays."""
    acces = get_acces(request.user, slug, write=True)
    bilan = get_arrete(acces, pk)
    initial = {"reunion": bilan.reunion_id, "avis": bilan.tree.arrete.avis.brut}
    form = CorrigerForm(request.POST or None, initial=initial, convention=acces.convention)

    def freeze():
        return corriger(bilan=bilan, auteur=request.user, now=timezone.now(), **form.cleaned_data)

    return _freeze_or_show(
        request, form, freeze, page_context(acces, corrige=bilan, brouillon=None)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def personne_effacer(request, slug):
    """Take a name out of every arrêté of the convention; their hashes stay."""
    acces = get_acces(request.user, slug, write=True)
    form = EffacerForm(request.POST or None, noms=noms_arretes(acces.convention))
    if request.method == "POST" and form.is_valid():
        changed = effacer_personne(
            convention=acces.convention, nom=form.cleaned_data["nom"], actor=request.user
        )
        s = "s" if len(changed) > 1 else ""
        messages.success(request, f"Nom effacé de {len(changed)} bilan{s} arrêté{s}.")
        return redirect("reports:bilans", slug)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "reports/arretes/effacer.html", page_context(acces, form=form), status=status
    )


def _freeze_or_show(request, form, freeze, context):
    """GET shows the form; a valid POST freezes and goes to the arrêté; a refusal is told (422)."""
    if request.method == "POST" and form.is_valid():
        try:
            bilan = freeze()
        except ArreteRefus as refus:
            form.add_error(None, str(refus))
        else:
            prepare_arrete(bilan)
            messages.success(request, f"{bilan}\u00a0: il ne changera plus.")
            return redirect(bilan)
    status = 422 if request.method == "POST" else 200
    return render(request, FORMULAIRE, {**context, "form": form}, status=status)
