"""Links to a bilan: the coordination gives and withdraws them, whoever holds one reads."""

from functools import wraps

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from axes.access import get_acces

from ..access import get_bilan
from ..canonical import TexteIllisible
from ..context import downloads, file_name, page_context
from ..fichiers import Fichier, fichier_arrete, fichier_de
from ..forms.partages import CodeForm, PartageForm
from ..livraison import asked_before, deliver
from ..models import Bilan, Partage
from ..present import tree_of
from ..queries import find_open, partages_of
from ..render.formats import FORMATS, Format
from ..render.html import template_context
from ..services.partages import count_opening, share, withdraw

COOKIE = "partage"
OUVERT = "ouvert"
ESSAIS = "partage_code"


# --- The coordination -------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partages(request, slug, pk):
    """The links of one bilan; POST gives another one, which this answer alone shows.

    There is no redirection: the link would have to be kept somewhere until the next page. A page
    that is reloaded is sent again: it shows the same link.
    """
    acces = get_acces(request.user, slug, write=True)
    bilan, today = get_bilan(acces, pk), timezone.localdate()
    form, donne = PartageForm(request.POST or None, today=today), None
    if request.method == "POST" and form.is_valid():
        donne = _give(request, bilan, form.cleaned_data, today)
        form = PartageForm(today=today)
    context = page_context(
        acces,
        arrete=bilan,
        form=form,
        donne=donne,
        partages=list(partages_of(bilan)),
        aujourdhui=today,
    )
    status = 422 if form.is_bound else 200
    return render(request, "reports/partages/partages.html", context, status=status)


def _give(request, bilan: Bilan, asked: dict, today) -> dict[str, str] | None:
    """The link that was asked for, as the page shows it; None if it was withdrawn meanwhile."""
    partage, jeton = share(bilan=bilan, auteur=request.user, today=today, **asked)
    if partage.revoque_le:
        messages.info(request, "Ce lien a été retiré\u00a0: il n’ouvre plus rien.")
        return None
    messages.success(request, "Le lien est créé\u00a0: copiez-le maintenant.")
    adresse = request.build_absolute_uri(reverse("reports:partage", args=[jeton]))
    return {"adresse": adresse, "pour": partage.pour, "code": asked["code"]}


@require_POST
def partage_retirer(request, slug, pk, partage):
    """One link opens nothing any more, from now on and for whoever was reading."""
    acces = get_acces(request.user, slug, write=True)
    found = get_object_or_404(partages_of(get_bilan(acces, pk)), pk=partage)
    if withdraw(partage=found, now=timezone.now()):
        messages.success(request, "Le lien est retiré\u00a0: il n’ouvre plus rien.")
    else:
        messages.info(request, "Ce lien était déjà retiré.")
    return redirect("reports:partages", slug, pk)


# --- Whoever holds a link ---------------------------------------------------------------------


def unlisted(view):
    """Wrap a view that a secret address opens: no cache keeps it, no engine lists it.

    No address is told to the next one, not even to the portal's own files, whose log would keep it.
    A page without a form may tell still less; with "no-referrer", browsers send "Origin: null" and
    the form is refused as a forged one.
    """

    @wraps(view)
    def hidden(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers.setdefault("Referrer-Policy", "strict-origin")
        return response

    return never_cache(hidden)


@login_not_required
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="partage", limit_get=True)
def partage(request, jeton):
    """Offer a bilan; POST opens it, with its code if it has one, for as long as a session lasts.

    Reading an address counts and opens nothing: programs that preview links only read. Answers 404
    alike for a link that never was, that is over or withdrawn, 422 for a wrong code, 429 after too
    many tries.
    """
    today = timezone.localdate()
    found = find_open(jeton, today=today)
    if found is None:
        return _closed(request)
    if request.method == "POST":
        return _open(request, found, today)
    if not _is_open_here(request, found):
        return _door(request, found)
    return _read(request, found, jeton, today)


@login_not_required
@unlisted
@require_safe
@rate_limit(action="partage", limit_get=True)
def partage_fichier(request, jeton, cle):
    """A file of a bilan that was opened in this browser; otherwise the page that opens it."""
    today = timezone.localdate()
    found = find_open(jeton, today=today)
    if found is None:
        return _closed(request)
    bilan, address = found.bilan, reverse("reports:partage", args=[jeton])
    if not _is_open_here(request, found):
        return _see(address)
    chosen, slug = FORMATS[cle], bilan.convention.slug
    return deliver(
        request,
        _file(request, bilan, chosen, today),
        nom=file_name(slug, bilan.exercice, chosen, _version(bilan, today)),
        contexte={
            "cadre": "reports/partages/cadre.html",
            "convention": bilan.convention,
            "retour": address,
            "retour_mots": "Revenir au bilan",
        },
    )


def _open(request, found: Partage, today):
    if found.empreinte_code:
        form = CodeForm(request.POST)
        status = _refusal(request, found, form)
        if status:
            return _door(request, found, form, status=status)
    count_opening(partage=found, today=today)
    response = _see(request.path)
    response.set_signed_cookie(
        COOKIE,
        OUVERT,
        salt=_salt(found),
        path=request.path,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _refusal(request, found: Partage, form: CodeForm) -> int:
    """The status that says why the code opens nothing, told in the form; 0 where it is the one.

    Only wrong codes are counted, so that a whole committee may open the link on one morning.
    """
    if not form.is_valid():
        return 422
    tries = {"action": ESSAIS, "key": str(found.pk)}
    if not ratelimit.consume(request, dry_run=True, **tries):
        form.add_error("code", form.TROP_D_ESSAIS)
        return 429
    if found.is_code(form.cleaned_data["code"]):
        return 0
    ratelimit.consume(request, **tries)
    form.add_error("code", form.FAUX)
    return 422


def _is_open_here(request, found: Partage) -> bool:
    """Whether this browser opened this very link, within the length of a session.

    The answer is in a signed cookie that is only sent to the link itself: the portal keeps no
    session of visitors.
    """
    kept = request.get_signed_cookie(
        COOKIE, default="", salt=_salt(found), max_age=settings.SESSION_COOKIE_AGE
    )
    return kept == OUVERT


def _salt(found: Partage) -> str:
    return f"reports.partage.{found.jeton}"


def _see(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)


def _door(request, found: Partage, form: CodeForm | None = None, *, status: int = 200):
    """What comes before the bilan; a link with a code does not even say which bilan it is."""
    if found.empreinte_code and form is None:
        form = CodeForm()
    context = {"partage": found, "form": form}
    return render(request, "reports/partages/porte.html", context, status=status)


def _file(request, bilan: Bilan, found: Format, today) -> Fichier:
    """The file of an arrêté, or of a draft: the one that the address follows, else today's."""
    if bilan.est_arrete:
        return fichier_arrete(bilan, found)
    return asked_before(request, bilan.convention, found) or fichier_de(
        bilan.convention, tree_of(bilan, today=today), found
    )


def _version(bilan: Bilan, today) -> str:
    """What the name of a file says of the bilan: its day and version, or that it is a draft."""
    if bilan.est_arrete:
        return f"arrete-{timezone.localdate(bilan.arrete_le)}-v{bilan.version}"
    return f"brouillon-{today}"


def _closed(request):
    return render(request, "reports/partages/fermee.html", status=404)


def _read(request, found: Partage, jeton: str, today):
    try:
        tree = tree_of(found.bilan, today=today)
    except TexteIllisible:
        return render(request, "reports/partages/illisible.html", status=500)
    context = {
        "convention": found.bilan.convention,
        "partage": found,
        "arrete": found.bilan,
        "jeton": jeton,
        "telechargements": downloads("reports:partage_fichier", jeton),
        **template_context(tree),
    }
    response = render(request, "reports/partages/lecture.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
