"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: people are invited into a convention."""

    # allauth's French, in the words and the typography of the portal.
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "email_password_mismatch": "L’adresse électronique ou le mot de passe ne conviennent pas.",
        "enter_current_password": "Saisissez votre mot de passe actuel.",
        "incorrect_code": "Ce n’est pas le bon code.",
        "incorrect_password": "Ce n’est pas le bon mot de passe.",
        "invalid_login": "La connexion n’a pas abouti.",
        "invalid_password_reset": "Ce lien a déjà servi ou n’est plus valable.",
        "rate_limited": "Trop de tentatives : attendez quelques minutes avant de recommencer.",
        "too_many_login_attempts": "Trop de tentatives manquées : attendez cinq minutes, "
        "ou demandez un code par courriel.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:mon_compte")
