"""The change of a status, from the plan or from the fiche."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from actions.access import get_fiche
from actions.enums import STATUTS
from actions.forms.fiches import StatutsForm
from actions.services.fiches import change_statuts
from axes.access import get_acces
from ctg_portal.lib.edits import EditConflict
from journal.models import Entree

from ..context import page_context
from ..plan import address_pattern, build_line
from ..statuts import NOMS


@require_POST
def fiche_statuts(request, slug, pk):
    """Write the statuses that were changed; the answer is the row again, or the page it was on."""
    acces = get_acces(request.user, slug)
    form = StatutsForm(request.POST)
    if not form.is_valid():
        fiche = get_fiche(acces, pk, write=True)
        return _show(request, acces, fiche, 422, erreurs=form.errors)
    try:
        # Read once, under its lock: what is compared, written and shown is the same row.
        with transaction.atomic():
            fiche = get_fiche(acces, pk, write=True, lock=True)
            before = {champ: getattr(fiche, champ) for champ in STATUTS}
            change_statuts(
                fiche=fiche, opened=form.opened(), submitted=form.submitted(), is_locked=True
            )
    except EditConflict as conflict:
        return _show(request, acces, fiche, 409, conflits=_both_values(fiche, conflict))
    changed = [champ for champ in STATUTS if before[champ] != getattr(fiche, champ)]
    return _show(request, acces, fiche, 200, avis=_notice(fiche, before, changed))


def _show(request, acces, fiche, status: int, *, avis=None, **extra):
    retour = _safe_return(request, fiche)
    if not request.htmx and status == 200:
        if avis:
            messages.success(request, f"{avis['sujet']} – {avis['texte']}")
        return redirect(retour)
    context = page_context(
        acces,
        "plan",
        fiche=fiche,
        ligne=build_line(
            fiche, editable=True, avec_coche=True, address=address_pattern(acces.convention.slug)
        ),
        avis=avis,
        retour=retour,
        # Back to the row itself: the keyboard goes on from there.
        retour_annulation=retour if "#" in retour else f"{retour}#ligne-{fiche.pk}",
        vue=request.POST.get("vue", ""),
        **extra,
    )
    if not request.htmx:
        template = "pilotage/statut_refuse.html"
    elif request.POST.get("vue") == "fiche":
        template = "pilotage/_statuts_reponse_fiche.html"
    else:
        template = "pilotage/_statuts_reponse_ligne.html"
    return render(request, template, context, status=status)


def _safe_return(request, fiche) -> str:
    """The page the change was made on, if it is one of ours; else the fiche."""
    asked = request.POST.get("retour", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked.startswith("/") and ours else fiche.get_absolute_url()


def _notice(fiche, before, changed) -> dict | None:
    """What was saved, in words, and the values that "Annuler" brings back."""
    if not changed:
        return None
    words = ", ".join(
        f"{NOMS[champ]} : {STATUTS[champ].apparence_of(getattr(fiche, champ)).label.lower()}"
        for champ in changed
    )
    undo = [(f"initial-{champ}", getattr(fiche, champ)) for champ in changed]
    return {
        "sujet": fiche.repere or fiche.nom_court,
        "texte": f"{words}. Enregistré.",
        "annuler": [*undo, *((champ, before[champ]) for champ in changed)],
    }


def _both_values(fiche, conflict: EditConflict) -> list[dict]:
    last = Entree.objects.of_fiche(fiche.pk).select_related("actor").recent_first().first()
    return [
        {
            "champ": item.champ,
            "nom": NOMS[item.champ],
            "actuel": STATUTS[item.champ].apparence_of(item.actuel),
            "actuel_valeur": item.actuel,
            "propose": STATUTS[item.champ].apparence_of(item.propose),
            "propose_valeur": item.propose,
            "qui": str(last.actor) if last and last.actor else "Quelqu’un d’autre",
        }
        for item in conflict.conflicts
    ]
