"""Import and export: a convention as tables, to a spreadsheet and back."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.forms.plan import FiltreFiches
from actions.models import FicheAction
from axes.access import get_acces

from ..context import page_context
from ..exchange.downloads import convention_file, file_of
from ..exchange.exports import FORMATS
from ..exchange.modele import modele_file
from ..plan_export import FEUILLE, plan_table

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}


@require_safe
def echanges(request, slug):
    """Every way in and out of this convention; importing is for the coordination."""
    acces = get_acces(request.user, slug)
    return render(request, "pilotage/echanges/echanges.html", page_context(acces, "convention"))


@require_safe
def exporter(request, slug, fmt):
    """The whole convention in tables: whoever reads it may keep it."""
    acces = get_acces(request.user, slug)
    _require_format(fmt)
    return _download(*convention_file(acces.convention, fmt), slug)


@require_safe
def modele(request, slug):
    """The template workbook, the same for every convention."""
    get_acces(request.user, slug)
    return _download(modele_file(), "xlsx", "modele-import")


@require_safe
def plan_exporter(request, slug, fmt):
    """The fiches that the plan shows under the same filters, grouped as it is."""
    acces = get_acces(request.user, slug)
    _require_format(fmt)
    filtre = FiltreFiches(request.GET, convention=acces.convention)
    every = FicheAction.objects.of_convention(acces.convention)
    fiches = filtre.filter(every).with_place().prefetch_related("pilotes").in_order()
    return _download(*file_of({FEUILLE: plan_table(fiches, filtre.grouping)}, fmt), f"{slug}-plan")


def _require_format(fmt: str) -> None:
    if fmt not in FORMATS:
        raise Http404("Format inconnu.")


def _download(contenu, extension: str, nom: str) -> FileResponse:
    return FileResponse(
        contenu,
        as_attachment=True,
        filename=f"{slugify(nom)}.{extension}",
        content_type=TYPES[extension],
    )
