"""The presentation of the COPIL on the screen of the room, from the same slides as the deck."""

from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from axes.access import get_acces
from ctg_portal.lib.files import serve_stored

from ..access import get_arrete, get_exercice
from ..context import page_context, tells_unreadable
from ..projection import build_projection, build_projection_arretee, picture_of_arrete
from ..render.version import version_du_rendu

PAGE = "reports/projection/projeter.html"


@require_safe
def projeter(request, slug):
    """Every slide of the bilan of today; 304 to a page that already shows it."""
    acces = get_acces(request.user, slug, versioned=True)
    today = timezone.localdate()
    exercice = get_exercice(request.GET, acces.convention, today)
    etag = quote_etag(f"{acces.version}-{exercice or 'periode'}-{version_du_rendu()}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    projection = build_projection(acces.convention, exercice, today=today)
    retour = reverse("reports:bilan", args=[slug]) + (f"?exercice={exercice}" if exercice else "")
    response = render(request, PAGE, _context(acces, projection, retour, etag))
    response["ETag"] = etag
    return response


@require_safe
@tells_unreadable
def projeter_arrete(request, slug, pk):
    """Every slide of an arrêté, as it was frozen."""
    acces = get_acces(request.user, slug)
    arrete = get_arrete(acces, pk)
    projection = build_projection_arretee(arrete)
    return render(request, PAGE, _context(acces, projection, arrete.get_absolute_url(), etag=""))


@require_safe
@tells_unreadable
def arrete_image(request, slug, pk, nom):
    """A picture that an arrêté kept, to the members of its convention."""
    acces = get_acces(request.user, slug)
    name = picture_of_arrete(get_arrete(acces, pk), nom)
    if name is None or not default_storage.exists(name):
        raise Http404("Cette image n’est pas dans le bilan arrêté.")
    return serve_stored(default_storage, name, "image du bilan")


def _context(acces, projection, retour: str, etag: str) -> dict[str, object]:
    return page_context(
        acces,
        projection=projection,
        deck=projection.deck,
        retour=retour,
        etag=etag,
        lue_le=timezone.localtime(),
    )
