"""The change of a status, from the plan or from the fiche."""

from dataclasses import replace

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actions.access import get_fiche
from actions.enums import STATUTS, Realisation
from actions.forms.plan import StatutsForm
from actions.services.fiches import change_statuts
from axes.access import get_acces
from ctg_portal.lib.annulation import tell_change
from ctg_portal.lib.edits import EditConflict
from journal.models import Entree

from ..context import page_context
from ..plan import rows_again
from ..retour import as_query, rows_of, safe_return, to_row
from ..statuts import NOMS

# A gap is explained by its reason: the drawer that asks for it opens by itself.
ECARTS = frozenset({Realisation.PARTIELLEMENT, Realisation.NON_REALISEE})


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
    is_gap = "realisation" in changed and fiche.realisation in ECARTS and not fiche.motif_ecart
    return _show(
        request, acces, fiche, 200, avis=_notice(fiche, before, changed), demande_motif=is_gap
    )


def _show(request, acces, fiche, status: int, *, avis=None, demande_motif=False, **extra):
    retour = safe_return(request, fiche)
    if not request.htmx and status == 200:
        if avis:
            tell_change(
                request,
                f"{avis['sujet']} – {avis['texte']}",
                adresse=reverse("pilotage:fiche_statuts", args=[acces.convention.slug, fiche.pk]),
                champs=avis["annuler"],
                retour=retour,
            )
        return redirect(retour)
    cles = rows_of(request, fiche.pk)
    ligne, *jumelles = rows_again(fiche, cles, precisions=False)
    context = page_context(
        acces,
        "plan",
        fiche=fiche,
        ligne=replace(ligne, hors_bande=False),
        jumelles=jumelles,
        avis=avis,
        # One that is open already stays where it is.
        demande_motif=demande_motif and not request.POST.get("ouvert"),
        retour=retour,
        retour_tiroir=as_query(retour),
        avec_script=bool(request.htmx),
        retour_annulation=to_row(retour, cles[0]),
        vue=request.POST.get("vue", ""),
        **extra,
    )
    if not request.htmx:
        template = "pilotage/statut_refuse.html"
    elif request.POST.get("vue") == "fiche":
        template = "pilotage/_statuts_reponse_fiche.html"
    else:
        template = "pilotage/plan/_ligne_reponse.html"
    return render(request, template, context, status=status)


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
