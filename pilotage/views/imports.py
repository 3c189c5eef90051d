"""The import in the browser: shown first, written on the second sending."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from axes.access import Acces, get_acces
from ctg_portal.lib.exchange.problems import ImportRefuse, SourceIllisible

from ..context import page_context
from ..exchange.avancement import read as read_avancement
from ..exchange.foreign import Correspondance, sheets_of
from ..exchange.imports import summary
from ..exchange.preview import ApercuPerime, apply_import, preview_import
from ..exchange.received import ApercuPerdu, Recu, forget, keep, seal, unseal
from ..forms.echanges import CorrespondanceForm, ImportForm, TableauForm

# What a page shows of a long list; the figures beside say how many there are.
CHANGEMENTS_MONTRES = 200
PROBLEMES_MONTRES = 1_000
PLACE = "La place manque sur le serveur : prévenez la personne qui l’administre."


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request, slug):
    """Choose a file; sending it shows what it would do and writes nothing."""
    acces = get_acces(request.user, slug, write=True)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _ask(request, acces, form, 200)
    if not form.is_valid():
        return _ask(request, acces, form, 422)
    try:
        recu = keep(form.cleaned_data["fichier"])
    except OSError:
        form.add_error("fichier", PLACE)
        return _ask(request, acces, form, 507)
    return _show(request, acces, recu, 200)


@require_POST
def importer_appliquer(request, slug):
    """Import the file of a preview, as it was shown; shown again if that no longer holds."""
    acces = get_acces(request.user, slug, write=True)
    try:
        recu, vu = _unseal(request, acces)
    except ApercuPerdu as error:
        return _ask(request, acces, ImportForm(), 422, perdu=str(error))
    choix = Correspondance(**vu["choix"]) if vu.get("choix") else None
    try:
        rapport = apply_import(
            convention=acces.convention,
            actor=request.user,
            recu=recu,
            empreinte=vu.get("empreinte", ""),
            choix=choix,
        )
    except ApercuPerime:
        return _show(request, acces, recu, 409, choix=choix)
    except ImportRefuse as refus:
        return _refuse(request, acces, recu, refus)
    forget(recu)
    messages.success(request, summary(rapport, par_commande=False))
    return redirect("pilotage:echanges", slug)


@require_POST
def importer_avancement(request, slug):
    """How far the import of this page is, as JSON; nothing to say (204) before it has begun."""
    acces = get_acces(request.user, slug, write=True)
    try:
        recu, _ = _unseal(request, acces)
    except ApercuPerdu:
        return HttpResponse(status=204)
    avancement = read_avancement(recu)
    return JsonResponse(avancement) if avancement else HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def importer_tableau(request, slug):
    """Choose a spreadsheet of one's own; sending it asks what its columns hold."""
    acces = get_acces(request.user, slug, write=True)
    form = TableauForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _ask(request, acces, form, 200)
    if not form.is_valid():
        return _ask(request, acces, form, 422)
    try:
        recu = keep(form.cleaned_data["fichier"])
    except OSError:
        form.add_error("fichier", PLACE)
        return _ask(request, acces, form, 507)
    try:
        tables = sheets_of(recu.path)
    except SourceIllisible as error:
        forget(recu)
        form.add_error("fichier", f"{recu.nom} : {error}")
        return _ask(request, acces, form, 422)
    return _map(request, acces, recu, CorrespondanceForm(tables=tables), 200)


@require_POST
def importer_colonnes(request, slug):
    """Read a spreadsheet as its columns and words were mapped; shows what that would do."""
    acces = get_acces(request.user, slug, write=True)
    try:
        recu, _ = _unseal(request, acces)
    except ApercuPerdu as error:
        return _ask(request, acces, TableauForm(), 422, perdu=str(error))
    tables = sheets_of(recu.path)
    if "changer" in request.POST:
        form = CorrespondanceForm(tables=tables, feuille=request.POST.get("feuille", ""))
        return _map(request, acces, recu, form, 200)
    form = CorrespondanceForm(request.POST, tables=tables)
    if not form.is_valid():
        return _map(request, acces, recu, form, 422)
    return _show(request, acces, recu, 200, choix=form.correspondance(), form=form)


def _unseal(request, acces: Acces):
    jeton = request.POST.get("jeton", "")
    return unseal(jeton, convention=acces.convention, user=request.user)


def _show(request, acces: Acces, recu: Recu, status: int, *, choix=None, form=None):
    """The preview of a file; 409 when it comes in the place of an older one."""
    try:
        apercu = preview_import(
            convention=acces.convention, actor=request.user, recu=recu, choix=choix
        )
    except ImportRefuse as refus:
        if form:
            return _map(request, acces, recu, form, 422, problemes=refus.problemes)
        return _refuse(request, acces, recu, refus)
    vu = {"empreinte": apercu.empreinte, "choix": asdict(choix) if choix else None}
    context = page_context(
        acces,
        "convention",
        recu=recu,
        apercu=apercu,
        jeton=seal(recu, convention=acces.convention, user=request.user, vu=vu),
        montres=apercu.changements[:CHANGEMENTS_MONTRES],
        avertissements=apercu.rapport.avertissements[:PROBLEMES_MONTRES],
        perime=status == 409,
    )
    return render(request, "pilotage/echanges/apercu.html", context, status=status)


def _map(request, acces: Acces, recu: Recu, form, status: int, *, problemes=()):
    """The columns of a spreadsheet beside ours, and its status words."""
    context = page_context(
        acces,
        "convention",
        form=form,
        jeton=seal(recu, convention=acces.convention, user=request.user),
        **_problems(recu, problemes),
    )
    return render(request, "pilotage/echanges/colonnes.html", context, status=status)


def _refuse(request, acces: Acces, recu: Recu, refus: ImportRefuse):
    """Every problem of the file, which is not kept, and the form to send it mended."""
    forget(recu)
    return _ask(request, acces, ImportForm(), 422, recu=recu, problemes=refus.problemes)


def _ask(request, acces: Acces, form, status: int, *, recu=None, problemes=(), perdu: str = ""):
    context = page_context(
        acces,
        "convention",
        form=form,
        perdu=perdu,
        etranger=isinstance(form, TableauForm),
        **_problems(recu, problemes),
    )
    return render(request, "pilotage/echanges/importer.html", context, status=status)


def _problems(recu: Recu | None, problemes) -> dict[str, object]:
    return {
        "recu": recu,
        "erreurs": sum(one.est_erreur for one in problemes),
        "nombre_problemes": len(problemes),
        "problemes": problemes[:PROBLEMES_MONTRES],
    }
