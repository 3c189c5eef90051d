"""Meetings of a convention and the decisions that came out of them."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from axes.access import get_acces
from copil.access import get_decision, get_reunion
from copil.calendrier import build_calendrier, open_decisions
from copil.forms.reunions import BLOCS, DecisionForm, EtatDecisionForm, FiltreReunions
from copil.services.reunions import add_decision, edit_decision, edit_reunion
from reports.seance.pieces import FORMATS_DE_SEANCE, pieces_of

from ..context import page_context
from ..edition import save_or_show
from ..reunions import build_reunion, describe_decisions

TEMPLATE_BLOC = "pilotage/reunions/bloc.html"


@require_safe
def reunions(request, slug):
    """The meetings, coming, over and cancelled, and the decisions still to be carried out."""
    acces = get_acces(request.user, slug)
    filtre = FiltreReunions(request.GET, convention=acces.convention)
    instance = filtre.chosen
    today = timezone.localdate()
    context = page_context(
        acces,
        "reunions",
        filtre=filtre,
        instance=instance,
        calendrier=build_calendrier(acces.convention, today=today, instance=instance),
        decisions=describe_decisions(open_decisions(acces.convention, instance), today),
    )
    return render(request, "pilotage/reunions/reunions.html", context)


@require_safe
def reunion(request, slug, pk):
    acces = get_acces(request.user, slug)
    vue = build_reunion(get_reunion(acces, pk), today=timezone.localdate())
    if acces.peut_coordonner:
        for ligne in vue.decisions:
            ligne.form = EtatDecisionForm(
                instance=ligne.decision, auto_id=f"decision-{ligne.decision.pk}-%s"
            )
    context = page_context(
        acces,
        "reunions",
        vue=vue,
        reunion=vue.reunion,
        pieces=pieces_of(vue.reunion),
        formats_de_seance=FORMATS_DE_SEANCE.values(),
    )
    return render(request, "pilotage/reunions/reunion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reunion_bloc(request, slug, pk, bloc):
    """Edit one block of a meeting."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    if bloc not in BLOCS:
        raise Http404("Bloc inconnu.")
    titre, form_class = BLOCS[bloc]
    nom = str(reunion)
    return save_or_show(
        request,
        form_class(request.POST or None, instance=reunion),
        save=lambda opened, submitted: edit_reunion(
            reunion=reunion, opened=opened, submitted=submitted
        ),
        success=f"{titre} : enregistré.",
        back=f"{reunion.get_absolute_url()}#{bloc}",
        context=page_context(acces, "reunions", reunion=reunion, nom=nom, titre=titre),
        template=TEMPLATE_BLOC,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_ajouter(request, slug, pk):
    """Add a decision to a meeting."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    form = DecisionForm(request.POST or None, reunion=reunion)
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: add_decision(reunion=reunion, decision=form.instance),
        success="Décision ajoutée.",
        back=f"{reunion.get_absolute_url()}#decisions",
        context=page_context(
            acces, "reunions", reunion=reunion, nom=str(reunion), titre="Ajouter une décision"
        ),
        template=TEMPLATE_BLOC,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_modifier(request, slug, pk, decision):
    """Edit a decision."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    decision = get_decision(reunion, decision)
    form = DecisionForm(request.POST or None, instance=decision, reunion=reunion)
    return _save_decision(request, acces, reunion, decision, form, "Modifier la décision")


@require_POST
def decision_etat(request, slug, pk, decision):
    """Change the state of a decision, from the page of its meeting."""
    acces = get_acces(request.user, slug)
    reunion = get_reunion(acces, pk, write=True)
    decision = get_decision(reunion, decision)
    form = EtatDecisionForm(request.POST, instance=decision)
    return _save_decision(request, acces, reunion, decision, form, "État de la décision")


def _save_decision(request, acces, reunion, decision, form, titre: str):
    return save_or_show(
        request,
        form,
        save=lambda opened, submitted: edit_decision(
            decision=decision, opened=opened, submitted=submitted
        ),
        success="Décision enregistrée.",
        back=f"{reunion.get_absolute_url()}#decision-{decision.pk}",
        context=page_context(
            acces, "reunions", reunion=reunion, nom=str(reunion), titre=titre, decision=decision
        ),
        template=TEMPLATE_BLOC,
    )
