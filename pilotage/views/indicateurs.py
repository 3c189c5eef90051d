"""Indicators: their list, one page each, their values."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from axes.access import get_acces
from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.typographie import date_longue
from indicators.access import get_indicateur, get_valeur
from indicators.charts import planche
from indicators.forms import FiltreGrille, FiltreIndicateurs, IndicateurForm, ValeurForm
from indicators.models import Indicateur
from indicators.permissions import can_add_indicateur, can_edit_indicateur, editable_indicateurs
from indicators.series import build_serie
from indicators.services import (
    add_indicateur,
    add_valeur,
    edit_indicateur,
    edit_valeur,
    remove_valeur,
    save_grid,
)

from ..context import page_context
from ..edition import kept_choices, next_line, save_or_show
from ..grille import build_grille
from ..grille_saisie import (
    GrilleSaisie,
    HorsGrille,
    read_grille,
    success_words,
    warning_words,
)
from ..indicateurs import build_groups, build_indicateur

RUBRIQUE = "indicateurs"
FORMULAIRE = "pilotage/indicateurs/formulaire.html"


@require_safe
def indicateurs(request, slug):
    acces = get_acces(request.user, slug)
    every = Indicateur.objects.of_convention(acces.convention)
    filtre = FiltreIndicateurs(request.GET, convention=acces.convention)
    groupes = build_groups(acces.convention, filtre.filter(every))
    context = page_context(
        acces,
        RUBRIQUE,
        filtre=filtre,
        groupes=groupes,
        montres=sum(groupe.nombre for groupe in groupes),
        sorties=[("Voir tous les indicateurs", request.path)],
        peut_ajouter=can_add_indicateur(acces.membre),
        adresse_grille=_same_filters(request, reverse("pilotage:grille", args=[slug])),
    )
    return render(request, "pilotage/indicateurs/liste.html", context)


@require_safe
def indicateur(request, slug, pk):
    acces = get_acces(request.user, slug)
    vue = build_indicateur(get_indicateur(acces, pk), acces)
    context = page_context(
        acces, RUBRIQUE, vue=vue, editable=can_edit_indicateur(acces.membre, vue.indicateur)
    )
    return render(request, "pilotage/indicateurs/indicateur.html", context)


@require_safe
def indicateur_courbe(request, slug, pk):
    """The chart of an indicator as a file, for a slide; Http404 where there is none to draw."""
    acces = get_acces(request.user, slug)
    indicateur = get_indicateur(acces, pk)
    serie = build_serie(indicateur, indicateur.valeurs.all())
    today = timezone.localdate()
    source = f"CTG {acces.convention.territoire}, au {date_longue(today)}"
    drawn = planche(serie, accent=acces.convention.accent, source=source)
    if not drawn:
        raise Http404("Il faut deux valeurs chiffrées pour une courbe.")
    name = f"{slugify(serie.intitule)[:80] or 'indicateur'}-{today.isoformat()}.svg"
    return HttpResponse(
        drawn,
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicateur_ajouter(request, slug):
    """Add an indicator to an axe or a fiche that one edits."""
    acces = get_acces(request.user, slug)
    if not can_add_indicateur(acces.membre):
        raise PermissionDenied("Vous ne pouvez pas ajouter d’indicateur.")
    form = IndicateurForm(
        request.POST or None,
        instance=Indicateur(convention=acces.convention),
        initial=kept_choices(request, IndicateurForm),
        membre=acces.membre,
    )
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_indicateur(indicateur=form.instance),
        success="Indicateur ajouté. Vous pouvez maintenant saisir ses valeurs.",
        # Its address is known once it is saved, when the redirection asks for it.
        back=next_line(request, form, form.instance),
        context=_context(acces, None, "Ajouter un indicateur", en_serie=True),
        template=FORMULAIRE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicateur_modifier(request, slug, pk):
    acces = get_acces(request.user, slug)
    indicateur = get_indicateur(acces, pk, write=True)
    form = IndicateurForm(request.POST or None, instance=indicateur, membre=acces.membre)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_indicateur(
            indicateur=indicateur, opened=opened, submitted=submitted
        ),
        success="Indicateur enregistré.",
        back=indicateur.get_absolute_url(),
        context=_context(acces, indicateur, "Modifier l’indicateur"),
        template=FORMULAIRE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def valeur_ajouter(request, slug, pk):
    acces = get_acces(request.user, slug)
    indicateur = get_indicateur(acces, pk, write=True)
    form = ValeurForm(request.POST or None, indicateur=indicateur)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_valeur(indicateur=indicateur, valeur=form.instance),
        success="Valeur enregistrée.",
        back=indicateur.get_absolute_url(),
        context=_context(acces, indicateur, "Saisir une valeur"),
        template=FORMULAIRE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def valeur_modifier(request, slug, pk, valeur):
    acces = get_acces(request.user, slug)
    indicateur = get_indicateur(acces, pk, write=True)
    valeur = get_valeur(indicateur, valeur)
    form = ValeurForm(request.POST or None, instance=valeur, indicateur=indicateur)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_valeur(
            valeur=valeur, opened=opened, submitted=submitted
        ),
        success="Valeur enregistrée.",
        back=indicateur.get_absolute_url(),
        context=_context(
            acces,
            indicateur,
            f"Modifier la valeur, {valeur.periode}",
            supprimer=reverse("pilotage:valeur_supprimer", args=[slug, pk, valeur.pk]),
        ),
        template=FORMULAIRE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def valeur_supprimer(request, slug, pk, valeur):
    """Ask once, then remove; the journal keeps what the value said."""
    acces = get_acces(request.user, slug)
    indicateur = get_indicateur(acces, pk, write=True)
    valeur = get_valeur(indicateur, valeur)
    if request.method == "POST":
        remove_valeur(valeur=valeur)
        messages.success(request, f"Valeur supprimée : {valeur.periode}.")
        return redirect(indicateur)
    context = _context(acces, indicateur, f"Supprimer la valeur, {valeur.periode}", valeur=valeur)
    return render(request, "pilotage/indicateurs/supprimer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grille(request, slug):
    """Indicators × periods in one form: everything that was typed is saved at once, or nothing."""
    acces = get_acces(request.user, slug)
    if not can_add_indicateur(acces.membre):
        raise PermissionDenied("Vous ne pouvez pas saisir de valeurs.")
    indicateurs = editable_indicateurs(acces.membre)
    filtre = FiltreGrille(request.GET, convention=acces.convention)
    saisie, year, status = GrilleSaisie(), timezone.localdate().year, 200
    if request.method == "POST":
        saisie = _save_grid(request, indicateurs, year)
        if saisie.est_enregistree:
            return redirect(request.get_full_path())
        status = 409 if saisie.conflits else 422
    vue = build_grille(
        acces.convention,
        filtre.filter(indicateurs),
        ajoutees=filtre.periodes_ajoutees,
        numero=request.GET.get("page"),
        saisie=saisie,
        annee_courante=year,
    )
    liens = [("Indicateurs", reverse("pilotage:indicateurs", args=[slug]))]
    context = page_context(acces, RUBRIQUE, grille=vue, filtre=filtre, saisie=saisie, liens=liens)
    return render(request, "pilotage/indicateurs/grille.html", context, status=status)


def _save_grid(request, indicateurs, year: int) -> GrilleSaisie:
    """What was sent: written and announced, or with its faults or its conflicts."""
    try:
        saisie = read_grille(request.POST, indicateurs)
    except HorsGrille:
        raise PermissionDenied("Vous ne pouvez pas modifier cet indicateur.") from None
    if saisie.fautes:
        return saisie
    try:
        bilan = save_grid(cases=saisie.cases, annee_courante=year)
    except EditConflict as conflict:
        saisie.add_conflicts(conflict)
        return saisie
    saisie.est_enregistree = True
    messages.success(request, success_words(bilan))
    if warning := warning_words(bilan):
        messages.warning(request, warning)
    return saisie


def _same_filters(request, address: str) -> str:
    """That address with the axe and the structure that the list is filtered by."""
    kept = {name: request.GET[name] for name in ("axe", "structure") if request.GET.get(name)}
    return f"{address}?{urlencode(kept)}" if kept else address


def _context(acces, indicateur, titre: str, **extra) -> dict:
    """Frame of a form, worded before the form writes what was typed over its instance."""
    liste = reverse("pilotage:indicateurs", args=[acces.convention.slug])
    retour = indicateur.get_absolute_url() if indicateur else liste
    liens = [("Indicateurs", liste)]
    if indicateur:
        liens.append((str(indicateur), retour))
    return page_context(acces, RUBRIQUE, titre=titre, liens=liens, annuler=retour, **extra)
