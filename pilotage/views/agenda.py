"""Meetings in people's own calendars: one file, or an address that the calendar asks by itself."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from axes.access import get_acces
from copil.access import get_reunion
from copil.agenda import build_ics, meetings_of
from copil.services.agenda import abonnement_of, convention_of_agenda, revoke, subscribe

from ..context import page_context

ICS = "text/calendar; charset=utf-8"


@require_safe
def reunion_ics(request, slug, pk):
    """One meeting as a file for a calendar; 404 while its day is not known."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk)
    if not reunion.est_datee_au_jour:
        raise Http404("Le jour de cette réunion n’est pas connu.")
    content = build_ics([reunion], now=timezone.now())
    return _file(content, f"reunion-{pk}.ics", attached=True)


@login_not_required
@require_safe
@rate_limit(action="agenda", limit_get=True)
def agenda(request, jeton):
    """The meetings of a convention, for the calendar that was given this address.

    Asked again at each request: 404 as soon as the address is revoked or its person may no longer
    read the convention, 429 to who asks too often.
    """
    convention = convention_of_agenda(jeton)
    if convention is None:
        raise Http404("Agenda inconnu.")
    nom = f"Réunions – {convention.territoire}"
    content = build_ics(meetings_of(convention), now=timezone.now(), nom=nom)
    response = _file(content, "reunions.ics")
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_abonnement(request, slug):
    """Explain the address; POST gives a new one, which this answer alone shows.

    There is no redirection: the address would have to be kept somewhere until the next page.
    """
    acces = get_acces(request.user, slug)
    adresse = ""
    if request.method == "POST":
        jeton = subscribe(user=request.user, convention=acces.convention)
        adresse = request.build_absolute_uri(reverse("pilotage:agenda", args=[jeton]))
    context = page_context(
        acces,
        "reunions",
        adresse=adresse,
        abonnement=abonnement_of(request.user, acces.convention),
    )
    return render(request, "pilotage/reunions/agenda.html", context)


@require_POST
def agenda_revoquer(request, slug):
    """The calendar address of whoever asks opens nothing any more."""
    acces = get_acces(request.user, slug)
    if revoke(user=request.user, convention=acces.convention):
        messages.success(request, "L’adresse d’agenda est révoquée\u00a0: elle n’ouvre plus rien.")
    else:
        messages.info(request, "Vous n’aviez pas d’adresse d’agenda.")
    return redirect("pilotage:agenda_abonnement", slug)


def _file(content: bytes, name: str, *, attached: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=ICS)
    disposition = "attachment" if attached else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response
