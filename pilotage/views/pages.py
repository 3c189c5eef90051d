"""Public pages: accessibility, legal notice, personal data, help, sigles, map of the site."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Exploitant
from accounts.permissions import administers_installation
from axes.enums import ROLES_GERANT_EQUIPE, ROLES_LISANT, Role
from axes.models import Convention
from axes.permissions import can_open_convention
from ctg_portal.lib.sigles import TOUS

PAGES = {
    "accessibilite": "Déclaration d’accessibilité",
    "mentions-legales": "Mentions légales",
    "donnees-personnelles": "Données personnelles",
    "aide": "Aide",
    "sigles": "Sigles",
    "plan-du-site": "Plan du site",
}


@login_not_required
@require_safe
def page(request, nom):
    """One of the pages that everybody may read."""
    if nom not in PAGES:
        raise Http404("Page inconnue.")
    context = {
        "titre": PAGES[nom],
        "exploitant": Exploitant.current(),
        "administre": administers_installation(request.user),
        "sigles": sorted(TOUS.items(), key=lambda pair: pair[0].casefold()),
    }
    if nom == "plan-du-site":
        context |= _map_of(request.user)
    return render(request, f"pilotage/pages/{nom}.html", context)


def _map_of(user) -> dict[str, object]:
    """The conventions of this person with what she may open of each. One query, none signed out."""
    mine = Convention.objects.of_team(user).order_by("territoire", "pk") if user.pk else ()
    return {
        "peut_ouvrir": can_open_convention(user),
        "lignes": [
            {
                "convention": one,
                "lit": one.role in ROLES_LISANT,
                "gere_equipe": one.role in ROLES_GERANT_EQUIPE,
                "lit_journal": one.role in ROLES_LISANT - {Role.LECTEUR},
            }
            for one in mine
        ],
    }
