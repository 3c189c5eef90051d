"""Addresses of the team of a convention, and of the invitations that lead to it."""

from django.urls import path

from ..views import equipe, invitation

une_invitation = "<slug:slug>/equipe/invitations/<int:pk>/"

urlpatterns = [
    path("<slug:slug>/equipe/", equipe.equipe, name="equipe"),
    path("<slug:slug>/equipe/inviter/", equipe.inviter, name="equipe_inviter"),
    path("<slug:slug>/equipe/relier/", equipe.relier, name="equipe_relier"),
    path(f"{une_invitation}renvoyer/", equipe.invitation_renvoyer, name="invitation_renvoyer"),
    path(f"{une_invitation}retirer/", equipe.invitation_retirer, name="invitation_retirer"),
    path("<slug:slug>/equipe/<int:pk>/", equipe.membre_modifier, name="membre_modifier"),
    path("<slug:slug>/equipe/<int:pk>/retirer/", equipe.membre_retirer, name="membre_retirer"),
]

#: Opened by whoever was sent the link, with or without an account.
publiques = [
    path("invitations/<slug:jeton>/", invitation.invitation, name="invitation"),
]
