"""Preview and download of a bilan, read by every member of the convention."""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from .forms import ExerciceForm
from .queries import exercices_of
from .render.html import render_html, template_context
from .render.pdf import PdfUnavailable, cached_pdf
from .tree import Bilan, build_bilan


@require_safe
def bilan(request, slug):
    """The bilan in the portal: what will be printed, and the ways to take it away."""
    acces = get_acces(request.user, slug)
    today = timezone.localdate()
    form = ExerciceForm(request.GET, exercices=exercices_of(acces.convention, today))
    exercice = form.cleaned_data["exercice"] if form.is_valid() else None
    tree = build_bilan(acces.convention, exercice, today=today)
    return render(
        request,
        "reports/bilan.html",
        {
            **_frame(acces),
            "form": form,
            "requete": f"?exercice={exercice}" if exercice else "",
            **template_context(tree),
        },
        status=200 if form.is_valid() else 400,
    )


@require_safe
def bilan_html(request, slug):
    """The same bilan as one file that needs nothing else."""
    tree = _asked_tree(request, slug)
    return _download(render_html(tree).encode(), tree, "html", "text/html; charset=utf-8")


@require_safe
def bilan_pdf(request, slug):
    """The same bilan as PDF/UA-1; rendered once for an unchanged content."""
    tree = _asked_tree(request, slug)
    try:
        content = cached_pdf(tree)
    except PdfUnavailable as error:
        acces = get_acces(request.user, slug)
        context = {**_frame(acces), "message": str(error)}
        return render(request, "reports/pdf_indisponible.html", context, status=503)
    return _download(content, tree, "pdf", "application/pdf")


def _frame(acces) -> dict:
    """What the frame of the portal's pages asks for."""
    return {
        "convention": acces.convention,
        "rubrique": "bilans",
        "acces": acces,
        "peut_gerer": acces.peut_coordonner,
    }


def _asked_tree(request, slug) -> Bilan:
    """The tree of the bilan that the address asks for; Http404 on an impossible exercice."""
    acces = get_acces(request.user, slug)
    today: datetime.date = timezone.localdate()
    form = ExerciceForm(request.GET, exercices=exercices_of(acces.convention, today))
    if not form.is_valid():
        raise Http404("Aucun bilan n’est possible pour cet exercice.")
    return build_bilan(acces.convention, form.cleaned_data["exercice"], today=today)


def _download(content: bytes, tree: Bilan, suffix: str, content_type: str) -> HttpResponse:
    name = f"bilan-{tree.convention.slug}-{tree.exercice or 'periode'}.{suffix}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
