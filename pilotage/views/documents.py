"""The one way a file leaves the portal: media have no public address."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from actions.models import Document
from actions.stockage import small_of
from axes.access import get_acces
from ctg_portal.lib.files import serve

MISSING = "Ce fichier n’est plus dans le portail."


@require_safe
def document(request, slug, pk):
    """Stream the file of a document to the members of its convention.

    `?taille=vignette` asks for the small picture of a photo; without one, the photo itself comes.
    """
    acces = get_acces(request.user, slug)
    row = Document.objects.filter(convention=acces.convention, pk=pk).first()
    if row is None or not row.fichier:
        raise Http404(MISSING)
    is_small = request.GET.get("taille") == "vignette" and row.vignette
    return _stream(small_of(row.fichier) if is_small else row.fichier, row.legende)


@require_safe
def logo(request, slug):
    """Stream the logo of the convention to its members."""
    convention = get_acces(request.user, slug).convention
    if not convention.logo:
        raise Http404(MISSING)
    return _stream(convention.logo, f"logo {convention.territoire}")


def _stream(fichier, nom: str) -> FileResponse:
    try:
        return serve(fichier, nom)
    except FileNotFoundError:
        raise Http404(MISSING) from None
