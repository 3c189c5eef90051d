"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: people are invited into a convention."""

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:mon_compte")
