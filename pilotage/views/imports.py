"""The import in the browser: shown first, written on the second sending."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from axes.access import Acces, get_acces
from ctg_portal.lib.exchange.problems import ImportRefuse

from ..context import page_context
from ..exchange.imports import summary
from ..exchange.preview import ApercuPerime, apply_import, preview_import
from ..exchange.received import ApercuPerdu, Recu, forget, keep, seal, unseal
from ..forms_echanges import ImportForm

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
        recu, empreinte = unseal(
            request.POST.get("jeton", ""), convention=acces.convention, user=request.user
        )
    except ApercuPerdu as error:
        return _ask(request, acces, ImportForm(), 422, perdu=str(error))
    try:
        rapport = apply_import(
            convention=acces.convention, actor=request.user, recu=recu, empreinte=empreinte
        )
    except ApercuPerime:
        return _show(request, acces, recu, 409)
    except ImportRefuse as refus:
        return _refuse(request, acces, recu, refus)
    forget(recu)
    messages.success(request, summary(rapport, par_commande=False))
    return redirect("pilotage:echanges", slug)


def _show(request, acces: Acces, recu: Recu, status: int):
    """The preview of a file; 409 when it comes in the place of an older one."""
    try:
        apercu = preview_import(convention=acces.convention, actor=request.user, recu=recu)
    except ImportRefuse as refus:
        return _refuse(request, acces, recu, refus)
    jeton = seal(recu, convention=acces.convention, user=request.user, empreinte=apercu.empreinte)
    context = page_context(
        acces,
        "convention",
        recu=recu,
        apercu=apercu,
        jeton=jeton,
        montres=apercu.changements[:CHANGEMENTS_MONTRES],
        avertissements=apercu.rapport.avertissements[:PROBLEMES_MONTRES],
        perime=status == 409,
    )
    return render(request, "pilotage/echanges/apercu.html", context, status=status)


def _refuse(request, acces: Acces, recu: Recu, refus: ImportRefuse):
    """Every problem of the file, which is not kept, and the form to send it mended."""
    forget(recu)
    return _ask(request, acces, ImportForm(), 422, recu=recu, problemes=refus.problemes)


def _ask(request, acces: Acces, form, status: int, *, recu=None, problemes=(), perdu: str = ""):
    context = page_context(
        acces,
        "convention",
        form=form,
        recu=recu,
        perdu=perdu,
        erreurs=sum(one.est_erreur for one in problemes),
        nombre_problemes=len(problemes),
        problemes=problemes[:PROBLEMES_MONTRES],
    )
    return render(request, "pilotage/echanges/importer.html", context, status=status)
