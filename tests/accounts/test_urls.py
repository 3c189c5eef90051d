"""Only the pages that an installation on invitation needs are open."""

import pytest
from allauth.account.adapter import get_adapter
from django.urls import NoReverseMatch, get_resolver, reverse

NEEDED = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def named_patterns(resolver):
    """Yield (name, callback) for every address of the portal."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named_patterns(pattern)
        else:
            yield pattern.name, pattern.callback


def test_no_page_of_allauth_is_open_but_the_listed_ones():
    opened = {
        name
        for name, view in named_patterns(get_resolver())
        if view.__module__.startswith("allauth")
    }
    assert opened == NEEDED


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_confirm_email", "account_email_verification_sent"],
)
def test_no_address_leads_to_a_page_that_was_closed(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_opens_an_account_alone(rf):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["signup/", "login/", "email/", "inscription/", "3rdparty/", "2fa/"]
)
def test_the_usual_addresses_of_allauth_answer_nothing(client, path):
    assert client.get(f"/comptes/{path}").status_code == 404
