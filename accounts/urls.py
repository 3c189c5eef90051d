"""Addresses under /comptes/.

allauth's own `urls` module is not included: it would open pages that an installation on
invitation has no use for (sign-up, change of address, confirmation of address…). Its views are
listed here one by one, under the names that allauth itself reverses.
"""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from accounts import views

app_urlpatterns = [
    path("", views.mon_compte, name="mon_compte"),
]

urlpatterns = [
    path("", include((app_urlpatterns, "accounts"))),
    path("connexion/", allauth_views.login, name="account_login"),
    path("connexion/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path(
        "connexion/code/saisie/",
        allauth_views.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path("deconnexion/", allauth_views.logout, name="account_logout"),
    path("inactif/", allauth_views.account_inactive, name="account_inactive"),
    path("confirmation/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", allauth_views.password_change, name="account_change_password"),
    path("mot-de-passe/choix/", allauth_views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
