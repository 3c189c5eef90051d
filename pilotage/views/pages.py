"""Public pages: accessibility, legal notice, personal data, help, sigles."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.sigles import SIGLES

PAGES = {
    "accessibilite": "Déclaration d’accessibilité",
    "mentions-legales": "Mentions légales",
    "donnees-personnelles": "Données personnelles",
    "aide": "Aide",
    "sigles": "Sigles",
}


@login_not_required
@require_safe
def page(request, nom):
    """One of the pages that everybody may read."""
    if nom not in PAGES:
        raise Http404("Page inconnue.")
    context = {
        "titre": PAGES[nom],
        "exploitant": settings.OPERATEUR,
        "sigles": sorted(SIGLES.items(), key=lambda pair: pair[0].casefold()),
    }
    return render(request, f"pilotage/pages/{nom}.html", context)
