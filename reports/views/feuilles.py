"""The sheets of fiches and axes, and the binder of them all, for every member of the convention."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.access import get_fiche
from axes.access import get_acces, get_axe

from ..context import download, page_context
from ..feuilles.selection import FeuilleAbsente, with_axe
from ..fichiers import fichier_de
from ..livraison import asked_before, deliver
from ..render.feuilles import render_axe, render_fiche
from ..render.formats import CLASSEUR
from ..render.pdf import PdfUnavailable
from ..tree import ancre_d_axe, build_bilan


@require_safe
def fiche_pdf(request, slug, pk):
    """One fiche on one A4, as it stands today; an archived one is in no document.

    Drawn within the request: one page, a fraction of a second.
    """
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk)
    name = f"fiche-{slugify(fiche.repere or fiche.nom_court)[:40]}-{slug}"
    return _sheet(
        request, acces, name, fiche.get_absolute_url(), lambda tree: render_fiche(tree, pk)
    )


@require_safe
def axe_pdf(request, slug, pk):
    """One axe on two A4 at most, as it stands today."""
    acces = get_acces(request.user, slug)
    axe = get_axe(acces, pk)
    name = f"axe-{slugify(axe.numero or axe.nom_court)[:40]}-{slug}"
    ancre = _ancre(acces, pk)
    back = reverse("pilotage:axe", args=[slug, pk])
    return _sheet(request, acces, name, back, lambda tree: render_axe(tree, ancre))


@require_safe
def classeur_pdf(request, slug):
    """Every axe followed by its fiches, drawn out of this request; `?axe=` keeps one axe."""
    acces = get_acces(request.user, slug)
    asked = request.GET.get("axe", "")
    ancre = _ancre(acces, _number(asked)) if asked else ""
    fichier = asked_before(request, acces.convention, CLASSEUR)
    if fichier is None:
        tree = build_bilan(acces.convention, today=timezone.localdate())
        fichier = fichier_de(acces.convention, with_axe(tree, ancre) if ancre else tree, CLASSEUR)
    context = page_context(
        acces, retour=reverse("reports:bilan", args=[slug]), retour_mots="Revenir au bilan"
    )
    name = "-".join(part for part in ("classeur", ancre, slug) if part)
    return deliver(request, fichier, nom=name, contexte=context)


def _sheet(request, acces, name, back, draw):
    """A sheet to download; Http404 for what no document holds."""
    try:
        content = draw(build_bilan(acces.convention, today=timezone.localdate()))
    except FeuilleAbsente as error:
        raise Http404("Aucun document ne tient cette fiche : elle est archivée.") from error
    except PdfUnavailable as error:
        context = page_context(acces, rubrique="plan", retour=back, message=str(error))
        return render(request, "reports/feuilles/indisponible.html", context, status=503)
    return download(content, name, CLASSEUR)


def _ancre(acces, pk: int) -> str:
    """The anchor of an axe in the trees of its convention. Raises Http404."""
    known = list(acces.convention.axes.values_list("pk", flat=True))
    if pk not in known:
        raise Http404("Axe inconnu.")
    return ancre_d_axe(known.index(pk) + 1)


def _number(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit()):
        raise Http404("Axe inconnu.")
    return int(asked)
