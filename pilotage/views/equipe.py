"""The team of a convention: members, invitations, pilots without an account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.services.equipe import edit_membre, invite_with_fiches, link_pilotes
from axes.access import Acces, get_equipe
from axes.enums import ROLES_GERANT_EQUIPE
from axes.models import Invitation, Membre
from axes.permissions import can_change_grant
from axes.services.equipe import (
    EquipeRefus,
    InvitationFermee,
    remove_membre,
    renew_invitation,
    withdraw_invitation,
)
from ctg_portal.lib.typographie import compte

from ..context import page_context
from ..courriels import send_invitation
from ..edition import save_or_show
from ..equipe import build_equipe, describe_membre, pilotes_sans_compte
from ..forms.equipe import InvitationForm, MembreForm, RelierForm

FORMULAIRE = "pilotage/equipe/formulaire.html"
RETRAIT = "pilotage/equipe/retirer.html"
PLUS_EN_ATTENTE = "Cette invitation n’attend plus\u00a0: elle a été acceptée ou retirée."


@require_safe
def equipe(request, slug):
    """Who is in the team, who is invited, and which pilots have no account."""
    acces = get_equipe(request.user, slug)
    context = page_context(acces, "equipe", equipe=build_equipe(acces))
    return render(request, "pilotage/equipe/equipe.html", context)


# --- Invitations ------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request, slug):
    """Offer a role by e-mail."""
    acces = get_equipe(request.user, slug)
    form = InvitationForm(request.POST or None, convention=acces.convention)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, jeton = invite_with_fiches(
                convention=acces.convention, auteur=request.user, **form.cleaned_data
            )
        except EquipeRefus as refus:
            form.add_error(refus.champ, str(refus))
        else:
            _send(request, invitation, jeton)
            return redirect("pilotage:equipe", slug)
    context = page_context(
        acces, "equipe", titre="Inviter une personne", bouton="Envoyer l’invitation", form=form
    )
    status = 422 if request.method == "POST" else 200
    return render(request, FORMULAIRE, context | _without_conflict(slug), status=status)


@require_POST
def invitation_renvoyer(request, slug, pk):
    """Send a new link; the one of the previous e-mail opens nothing any more."""
    acces = get_equipe(request.user, slug)
    invitation = _invitation(acces, pk)
    try:
        jeton = renew_invitation(invitation=invitation)
    except InvitationFermee:
        messages.error(request, PLUS_EN_ATTENTE)
    else:
        invitation.refresh_from_db()
        _send(request, invitation, jeton)
    return redirect("pilotage:equipe", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_retirer(request, slug, pk):
    """Ask once, then let the link open nothing any more."""
    acces = get_equipe(request.user, slug)
    invitation = _invitation(acces, pk)
    if request.method == "POST":
        try:
            withdraw_invitation(invitation=invitation)
        except InvitationFermee:
            messages.error(request, PLUS_EN_ATTENTE)
        else:
            messages.success(request, f"L’invitation de {invitation.email} est retirée.")
        return redirect("pilotage:equipe", slug)
    context = page_context(
        acces,
        "equipe",
        titre="Retirer une invitation",
        objet=f"{invitation.nom or invitation.email}, {invitation.get_role_display()}",
        phrases=["Le lien déjà envoyé n’ouvrira plus rien."],
    )
    return render(request, RETRAIT, context)


def _send(request, invitation: Invitation, jeton: str) -> None:
    lien = request.build_absolute_uri(reverse("pilotage:invitation", args=[jeton]))
    if send_invitation(invitation, lien):
        messages.success(request, f"L’invitation est envoyée à {invitation.email}.")
    else:
        messages.error(
            request,
            f"L’invitation de {invitation.email} est enregistrée, mais le courriel n’est pas parti."
            " Renvoyez-la plus tard\u00a0; si cela persiste, prévenez l’administration.",
        )


def _invitation(acces: Acces, pk: int) -> Invitation:
    pending = Invitation.objects.pending().select_related("convention", "auteur")
    return get_object_or_404(pending, pk=pk, convention=acces.convention)


# --- Members ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def membre_modifier(request, slug, pk):
    """Change what a member may do, and until when."""
    acces = get_equipe(request.user, slug)
    membre = _membre(acces, pk)
    soi = membre.pk == acces.membre.pk
    form = MembreForm(request.POST or None, instance=membre, convention=acces.convention, soi=soi)
    leaves = soi and request.POST.get("role") not in ROLES_GERANT_EQUIPE
    try:
        return save_or_show(
            request,
            form,
            save=lambda opened, submitted: edit_membre(
                membre=membre, opened=opened, submitted=form.droit()
            ),
            success=f"{membre.user}\u00a0: droit enregistré.",
            back=reverse("pilotage:conventions") if leaves else _address(slug),
            context=page_context(
                acces,
                "equipe",
                titre=f"Modifier le droit\u00a0: {membre.user}",
                bouton="Enregistrer",
                membre_pk=pk,
            ),
            template=FORMULAIRE,
        )
    except EquipeRefus as refus:
        # Somebody else left in between: the form itself could not know.
        messages.error(request, str(refus))
        return redirect("pilotage:equipe", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def membre_retirer(request, slug, pk):
    """Ask once, then take a person out of the team."""
    acces = get_equipe(request.user, slug)
    membre = _membre(acces, pk)
    soi = membre.pk == acces.membre.pk
    if request.method == "POST":
        try:
            remove_membre(membre=membre)
        except EquipeRefus as refus:
            messages.error(request, str(refus))
            return redirect("pilotage:equipe", slug)
        messages.success(request, f"{membre.user} ne fait plus partie de l’équipe.")
        return redirect("pilotage:conventions" if soi else _address(slug))
    phrases = ["Son compte reste ouvert, et tout ce qu’elle ou il a écrit reste à sa place."]
    if soi:
        phrases = ["C’est votre propre droit\u00a0: vous n’aurez plus accès à cette convention."]
    context = page_context(
        acces,
        "equipe",
        titre="Retirer de l’équipe",
        objet=describe_membre(membre),
        phrases=phrases,
    )
    return render(request, RETRAIT, context)


def _membre(acces: Acces, pk: int) -> Membre:
    """One member of the team; PermissionDenied to the administration on its own grant."""
    membres = Membre.objects.filter(convention=acces.convention).select_related("user")
    membre = get_object_or_404(membres, pk=pk)
    if not can_change_grant(acces.membre, membre):
        raise PermissionDenied("L’administration ne modifie pas son propre droit.")
    return membre


# --- Pilots -----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def relier(request, slug):
    """Say whose account stands behind the name of a pilot; this gives no right."""
    acces = get_equipe(request.user, slug)
    noms = [ligne.nom for ligne in pilotes_sans_compte(acces.convention)]
    form = RelierForm(
        request.POST or None,
        convention=acces.convention,
        noms=noms,
        initial={"nom": request.GET.get("nom", "")},
    )
    if request.method == "POST" and form.is_valid():
        nom, user = form.cleaned_data["nom"], form.cleaned_data["membre"].user
        count = link_pilotes(convention=acces.convention, nom=nom, user=user)
        messages.success(
            request, f"«\xa0{nom}\xa0» est relié au compte de {user} ({compte(count, 'mention')})."
        )
        return redirect("pilotage:equipe", slug)
    context = page_context(
        acces, "equipe", titre="Relier un pilote à un compte", bouton="Relier", form=form
    )
    context["note"] = (
        "Relier un nom à un compte ne donne aucun droit\u00a0: seul le rôle dans l’équipe en donne."
    )
    status = 422 if request.method == "POST" else 200
    return render(request, FORMULAIRE, context | _without_conflict(slug), status=status)


def _without_conflict(slug: str) -> dict[str, object]:
    """What `save_or_show` gives the same template."""
    return {"conflits": [], "retour": _address(slug)}


def _address(slug: str) -> str:
    return reverse("pilotage:equipe", args=[slug])
