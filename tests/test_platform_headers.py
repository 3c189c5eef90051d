"""What a browser is told beside the page."""

import pytest
from django.test import Client

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/comptes/connexion/", "/comptes/", "/adresse-inconnue/"])
def test_every_answer_carries_the_strict_policy(client, path):
    response = client.get(path)
    assert set(response["Content-Security-Policy"].split("; ")) == CSP
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_the_pages_of_a_signed_in_person_stay_in_no_cache(client, person):
    client.force_login(person)
    assert "no-store" in client.get("/comptes/")["Cache-Control"]


def test_production_redirects_to_https_and_says_so_for_a_year(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    client = Client()
    response = client.get("/comptes/connexion/")
    assert (response.status_code, response["Location"]) == (
        301,
        "https://testserver/comptes/connexion/",
    )
    secured = client.get("/comptes/connexion/", secure=True)
    assert secured["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_signed_out_person_is_sent_to_the_sign_in_page(client):
    response = client.get("/comptes/")
    assert response.status_code == 302
    assert response["Location"] == "/comptes/connexion/?next=/comptes/"
