"""The papers of a meeting, for every member of the convention."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces
from copil.access import get_reunion

from ..context import download, page_context
from ..render.pdf import PdfUnavailable
from ..seance.pieces import FORMATS_DE_SEANCE, PIECES


@require_safe
def piece(request, slug, pk, piece, cle):
    """One paper of a meeting as a file. Whoever reads the meeting may print it.

    Drawn within the request: one to a few pages, a fraction of a second.
    """
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk)
    found = PIECES[piece]
    try:
        content = found.render(reunion, cle, today=timezone.localdate())
    except PdfUnavailable as error:
        context = page_context(
            acces, rubrique="reunions", reunion=reunion, piece=found, message=str(error)
        )
        return render(request, "reports/seance/indisponible.html", context, status=503)
    return download(content, found.file_name(reunion), FORMATS_DE_SEANCE[cle])
