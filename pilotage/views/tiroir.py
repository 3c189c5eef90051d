"""The drawer under a row of the plan: what follows, pilots, end, reason of a gap, remark."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions.access import get_fiche
from actions.forms.plan import TiroirForm
from actions.services.fiches import edit_tiroir
from axes.access import get_acces
from axes.permissions import can_edit_axe
from ctg_portal.lib.annulation import tell_change
from ctg_portal.lib.conflits import show_conflicts, words_of
from ctg_portal.lib.edits import EditConflict

from ..context import page_context
from ..plan import rows_again
from ..retour import as_query, rows_of, safe_return, to_row
from ..statuts import cells_of


@require_http_methods(["GET", "HEAD", "POST"])
def fiche_tiroir(request, slug, pk):
    """Edit under the row what has no room in it; the drawer is also a page of its own."""
    acces = get_acces(request.user, slug)
    fiche = get_fiche(acces, pk, write=True)
    cle = rows_of(request, pk)[0]
    if request.method != "POST":
        return _show(request, acces, fiche, TiroirForm(instance=fiche, cle=cle))
    form = TiroirForm(request.POST, instance=fiche, cle=cle)
    if not form.is_valid():
        return _show(request, acces, fiche, form, status=422)
    try:
        with transaction.atomic():
            stored = get_fiche(acces, pk, write=True, lock=True)
            before = TiroirForm(instance=stored, cle=cle)
            written = edit_tiroir(
                fiche=stored, opened=form.opened_values(), submitted=form.submitted()
            )
    except EditConflict as conflict:
        rebased = form.rebased(conflict.conflicts)
        conflits = show_conflicts(form, conflict)
        return _show(request, acces, fiche, rebased, status=409, conflits=conflits)
    written.axe.convention = acces.convention
    return _saved(request, acces, written, _notice(written, before, form))


def _show(request, acces, fiche, form, *, status=200, conflits=()):
    context = page_context(
        acces,
        "plan",
        fiche=fiche,
        form=form,
        conflits=conflits,
        cle=form.cle,
        cles=" ".join(rows_of(request, fiche.pk)),
        retour=safe_return(request, fiche),
        gere_axe=can_edit_axe(acces.membre, fiche.axe),
        cellules=cells_of(fiche),
    )
    template = "pilotage/plan/_tiroir.html" if request.htmx else "pilotage/plan/tiroir.html"
    return render(request, template, context, status=status)


def _saved(request, acces, fiche, avis):
    cles = rows_of(request, fiche.pk)
    retour = safe_return(request, fiche)
    if not request.htmx:
        back = to_row(retour, cles[0])
        if avis:
            tell_change(
                request,
                f"{avis['sujet']} – {avis['texte']}",
                adresse=reverse("pilotage:fiche_tiroir", args=[acces.convention.slug, fiche.pk]),
                champs=avis["annuler"],
                retour=back,
            )
        return redirect(back)
    context = page_context(
        acces,
        "plan",
        fiche=fiche,
        lignes=rows_again(fiche, cles, precisions=True),
        avis=avis,
        retour=retour,
        retour_tiroir=as_query(retour),
        avec_script=True,
        retour_annulation=to_row(retour, cles[0]),
    )
    return render(request, "pilotage/plan/_tiroir_reponse.html", context)


def _notice(fiche, before: TiroirForm, form: TiroirForm) -> dict | None:
    """What was saved, in words, and the values that "Annuler" brings back."""
    after = TiroirForm(instance=fiche, cle=form.cle)
    words, undo = [], []
    for name in form.submitted():
        old, new = before[name].value() or "", after[name].value() or ""
        if old != new:
            shown = words_of(after, name, new).replace("\n", ", ")
            words.append(f"{after.fields[name].label.lower()} : {shown}")
            undo += [(f"initial-{name}", new), (name, old)]
    if not words:
        return None
    text = ", ".join(words)
    return {
        "sujet": fiche.repere or fiche.nom_court,
        "texte": f"{text[:1].upper()}{text[1:]}. Enregistré.",
        "annuler": undo,
    }
