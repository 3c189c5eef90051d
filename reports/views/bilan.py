"""Preview and download of the bilan as it stands today, for every member of the convention."""

import re

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..access import get_exercice, get_version
from ..context import downloads, file_name, page_context, period_query
from ..fichiers import fichier_du_jour, fichier_garde
from ..forms.exercice import ExerciceForm
from ..livraison import asked_before, deliver, send
from ..present import build_present
from ..queries import exercices_of, last_arrete
from ..render.formats import FORMATS
from ..render.html import template_context


@require_safe
def bilan(request, slug):
    """The bilan in the portal: what will be printed, and the ways to take it away."""
    acces = get_acces(request.user, slug)
    today = timezone.localdate()
    form = ExerciceForm(request.GET, exercices=exercices_of(acces.convention, today))
    exercice = form.cleaned_data["exercice"] if form.is_valid() else None
    tree = build_present(acces.convention, exercice, today=today)
    requete = period_query(tree)
    context = page_context(
        acces,
        form=form,
        requete=requete,
        telechargements=downloads("reports:bilan_fichier", slug, query=requete),
        dernier=last_arrete(acces.convention),
        **template_context(tree),
    )
    return render(request, "reports/bilan.html", context, status=200 if form.is_valid() else 400)


@require_safe
def bilan_fichier(request, slug, cle):
    """The same bilan as a file; drawn once for an unchanged content, out of this request."""
    today, found = timezone.localdate(), FORMATS[cle]
    convention, version = get_version(request.user, slug, today)
    exercice = _year(request.GET.get("exercice", ""))
    nom = file_name(slug, exercice, found)
    kept = asked_before(request, convention, found) or fichier_garde(
        convention, exercice, found, version
    )
    if kept and kept.est_pret and "suivi" not in request.GET:
        return send(request, kept, nom)
    acces = get_acces(request.user, slug)
    get_exercice(request.GET, acces.convention, today)
    fichier = kept or fichier_du_jour(
        acces.convention, exercice, found, today=today, version=version
    )
    retour = reverse("reports:bilan", args=[slug])
    contexte = page_context(acces, retour=retour, retour_mots="Revenir au bilan")
    return deliver(request, fichier, nom=nom, contexte=contexte)


def _year(asked: str) -> int | None:
    """The year of an address, which is only looked up for a file that is not kept."""
    if not asked:
        return None
    if not re.fullmatch(r"[0-9]{4}", asked):
        raise Http404("Aucun bilan n’est possible pour cet exercice.")
    return int(asked)
