"""The presentation of the COPIL on the screen of the room, from the same slides as the deck."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..access import get_exercice
from ..context import page_context
from ..projection import build_projection
from ..render.version import version_du_rendu


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
    context = page_context(
        acces, projection=projection, deck=projection.deck, etag=etag, lue_le=timezone.localtime()
    )
    response = render(request, "reports/projection/projeter.html", context)
    response["ETag"] = etag
    return response
