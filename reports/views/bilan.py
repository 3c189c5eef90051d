"""Preview and download of the bilan as it stands today, for every member of the convention."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..context import download, file_name, page_context, pdf_unavailable, period_query
from ..fichiers import fichier_du_jour
from ..forms import ExerciceForm
from ..present import build_present
from ..queries import exercices_of, last_arrete
from ..render.formats import FORMATS
from ..render.html import template_context
from ..render.pdf import PdfUnavailable


@require_safe
def bilan(request, slug):
    """The bilan in the portal: what will be printed, and the ways to take it away."""
    acces = get_acces(request.user, slug)
    today = timezone.localdate()
    form = ExerciceForm(request.GET, exercices=exercices_of(acces.convention, today))
    exercice = form.cleaned_data["exercice"] if form.is_valid() else None
    tree = build_present(acces.convention, exercice, today=today)
    context = page_context(
        acces,
        form=form,
        requete=period_query(tree),
        dernier=last_arrete(acces.convention),
        **template_context(tree),
    )
    return render(request, "reports/bilan.html", context, status=200 if form.is_valid() else 400)


@require_safe
def bilan_fichier(request, slug, cle):
    """The same bilan as a file; rendered once for an unchanged content."""
    acces = get_acces(request.user, slug, versioned=True)
    today = timezone.localdate()
    exercice, found = _asked_exercice(request, acces.convention, today), FORMATS[cle]
    try:
        content = fichier_du_jour(
            acces.convention, exercice, found, today=today, version=acces.version
        )
    except PdfUnavailable as error:
        return pdf_unavailable(request, acces, error)
    return download(content, file_name(slug, exercice, found), found)


def _asked_exercice(request, convention, today) -> int | None:
    """The exercice of the address, None for the whole period; Http404 on an impossible one."""
    if "exercice" not in request.GET:
        return None
    form = ExerciceForm(request.GET, exercices=exercices_of(convention, today))
    if not form.is_valid():
        raise Http404("Aucun bilan n’est possible pour cet exercice.")
    return form.cleaned_data["exercice"]
