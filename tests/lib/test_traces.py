"""The technical log: no address in it opens anything."""

import logging

import pytest

from ctg_portal.lib.traces import WithoutTokens


def told(message, *args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)
    assert WithoutTokens().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("address", ["/invitations/{}/", "/agenda/{}.ics", "/partages/{}/pdf/"])
def test_the_token_of_an_address_is_hidden(address):
    secret = address.format("Zq3-x_9")
    for said in (told("%s: %s", "Not Found", secret), told(f"Not Found: {secret}")):
        assert said == f"Not Found: {address.format('…')}"


def test_every_token_of_a_line_is_hidden():
    assert told("%s", "/partages/un/ /agenda/deux.ics") == "/partages/…/ /agenda/….ics"


@pytest.mark.parametrize("message", ["/conventions/pays-test/plan/", "100 % de /partages/", ""])
def test_the_rest_is_told_as_it_is(message):
    assert told(message) == message
