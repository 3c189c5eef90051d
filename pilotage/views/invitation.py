"""The page that the link of an invitation opens: public, and read without writing anything."""

from urllib.parse import urlencode

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from actions.services.equipe import accept_invitation, accept_with_new_account
from axes.enums import ROLES_EN_MOTS, ROLES_LISANT, Role
from axes.models import Invitation, Membre
from axes.services.equipe import InvitationFermee, find_invitation

from ..forms.equipe import OuvertureCompteForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="invitation", limit_get=True)
def invitation(request, jeton):
    """Show what is offered; accept it by POST, with one's account or with a new one.

    Answers 404 for an unknown or withdrawn link, 410 for one that was used or is too old, 403 to
    somebody signed in with another address, 429 after too many tries.
    """
    offered = find_invitation(jeton)
    if offered is None or not offered.is_open():
        return _closed(request, offered)
    try:
        if request.user.is_authenticated:
            return _with_own_account(request, offered)
        if User.objects.filter(email=offered.email).exists():
            return _page(request, offered, "connexion", connexion=_sign_in_address(request))
        return _with_new_account(request, offered)
    except InvitationFermee:
        # Opened twice at once: the other one was first.
        return _closed(request, find_invitation(jeton))


def _with_own_account(request, offered: Invitation):
    if request.user.email != offered.email:
        return _page(request, offered, "autre", status=403)
    if request.method == "POST":
        return _welcome(request, accept_invitation(invitation=offered, user=request.user))
    return _page(request, offered, "rejoindre")


def _with_new_account(request, offered: Invitation):
    form = OuvertureCompteForm(
        request.POST or None, email=offered.email, initial={"nom": offered.nom}
    )
    if request.method == "POST" and form.is_valid():
        try:
            user, membre = accept_with_new_account(invitation=offered, **form.cleaned_data)
        except IntegrityError:
            # Another convention invited the same address, and was accepted a moment ago.
            return redirect(request.path)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return _welcome(request, membre)
    status = 422 if request.method == "POST" else 200
    return _page(request, offered, "compte", form=form, status=status)


def _welcome(request, membre: Membre):
    messages.success(request, "Bienvenue dans l’équipe de cette convention.")
    page = "pilotage:tableau" if membre.role in ROLES_LISANT else "pilotage:equipe"
    return redirect(page, membre.convention.slug)


def _page(request, offered: Invitation, etape: str, *, status: int = 200, **extra):
    """The offer and the next step: compte, connexion, rejoindre, or another address (autre)."""
    context = {
        "invitation": offered,
        "role_en_mots": ROLES_EN_MOTS[Role(offered.role)],
        "etape": etape,
        "form": None,
        **extra,
    }
    return render(request, "pilotage/equipe/invitation.html", context, status=status)


def _closed(request, offered: Invitation | None):
    """One page for every link that opens nothing: it never says which addresses were invited."""
    is_unknown = offered is None or offered.retiree_le is not None
    status = 404 if is_unknown else 410
    return render(request, "pilotage/equipe/invitation_fermee.html", status=status)


def _sign_in_address(request) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
