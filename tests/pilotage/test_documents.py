from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from actions.stockage import vignette_name
from axes.enums import Role
from tests.actions.pictures import encoded, two_tone
from tests.factories import ConventionFactory, DocumentFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return ConventionFactory(slug="pays-test")


@pytest.fixture
def reader(client, convention):
    client.force_login(member(convention, Role.LECTEUR))
    return client


def stored(convention, name: str, content: bytes = b"contenu", **fields):
    document = DocumentFactory(convention=convention, **fields)
    document.fichier.save(name, ContentFile(content))
    return document


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def url(document) -> str:
    return reverse("pilotage:document", args=["pays-test", document.pk])


def fetch(client, address):
    """The answer and its bytes; reading to the end closes the file."""
    response = client.get(address)
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("name", "content_type", "disposition"),
    [
        ("photo.jpg", "image/jpeg", "inline"),
        ("photo.JPEG", "image/jpeg", "inline"),
        ("photo.png", "image/png", "inline"),
        ("photo.webp", "image/webp", "inline"),
        ("bilan.pdf", "application/pdf", "inline"),
        ("page.html", "application/octet-stream", "attachment"),
        ("dessin.svg", "application/octet-stream", "attachment"),
        ("macro.docm", "application/octet-stream", "attachment"),
        ("sans-extension", "application/octet-stream", "attachment"),
        ("double.pdf.html", "application/octet-stream", "attachment"),
    ],
)
def test_only_a_closed_list_of_types_is_shown(reader, convention, name, content_type, disposition):
    response, content = fetch(reader, url(stored(convention, name, legende="Été à Cremps")))
    assert content == b"contenu"
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(f'{disposition}; filename="ete-a-cremps')
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    if content_type == "application/pdf":
        # A sandbox would shut out the viewer, which is a plug-in.
        assert "frame-ancestors 'none'" in policy
        assert "sandbox" not in policy
    else:
        assert policy == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_page_in_disguise_is_not_read_as_one(reader, convention):
    response, _ = fetch(reader, url(stored(convention, "photo.png", b"<script>alert(1)</script>")))
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )


@pytest.mark.parametrize("legende", ['nom"\r\nSet-Cookie: x=1', "../../etc/passwd", "…"])
def test_no_caption_writes_in_the_headers(reader, convention, legende):
    response, _ = fetch(reader, url(stored(convention, "bilan.pdf", legende=legende)))
    name = response["Content-Disposition"].partition("filename=")[2].strip('"')
    assert name.removesuffix(".pdf").replace("-", "").isalnum()
    assert "Set-Cookie" not in response.headers


def test_a_lost_file_has_a_page_in_french(reader, convention):
    document = stored(convention, "bilan.pdf")
    document.fichier.storage.delete(document.fichier.name)
    response = reader.get(url(document))
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_a_link_or_a_bare_caption_has_no_file(reader, convention):
    assert reader.get(url(DocumentFactory(convention=convention))).status_code == 404
    link = DocumentFactory(convention=convention, lien="https://exemple.fr/")
    assert reader.get(url(link)).status_code == 404


def test_a_document_of_another_convention_does_not_exist_here(reader):
    other = stored(ConventionFactory(), "bilan.pdf")
    assert reader.get(url(other)).status_code == 404


def test_a_stranger_and_the_signed_out(client, convention):
    document = stored(convention, "bilan.pdf")
    assert client.get(url(document))["Location"].startswith("/comptes/connexion/")
    client.force_login(UserFactory())
    assert client.get(url(document)).status_code == 404


def test_no_public_address_leads_to_the_media(reader, convention):
    document = stored(convention, "bilan.pdf")
    for prefix in ("/media/", "/", "/static/"):
        assert reader.get(f"{prefix}{document.fichier.name}").status_code == 404


def test_wrong_method(reader, convention):
    assert reader.post(url(stored(convention, "bilan.pdf"))).status_code == 405


# --- The logo ---------------------------------------------------------------------------------

LOGO = "/conventions/pays-test/logo/"


def test_members_see_the_logo(reader, convention):
    assert reader.get(LOGO).status_code == 404
    convention.logo.save("logo.png", ContentFile(picture()))
    response, content = fetch(reader, LOGO)
    assert response["Content-Type"] == "image/png"
    assert content == picture()


def test_the_logo_is_no_more_public_than_the_rest(client, convention):
    convention.logo.save("logo.png", ContentFile(picture()))
    assert client.get(LOGO).status_code == 302
    client.force_login(UserFactory())
    assert client.get(LOGO).status_code == 404


# --- Small pictures -----------------------------------------------------------------------------


def large() -> bytes:
    return encoded(two_tone(1200, 800))


def test_a_photo_is_shown_small_to_who_may_see_it(reader, convention, client):
    document = stored(convention, "fete.jpg", large(), est_photo=True, largeur=1200, hauteur=800)
    response, small = fetch(reader, f"{url(document)}?taille=vignette")
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(BytesIO(small)).size == (640, 427)
    assert fetch(reader, url(document))[1] == large()
    assert fetch(reader, f"{url(document)}?taille=autre")[1] == large()
    client.force_login(UserFactory())
    assert client.get(f"{url(document)}?taille=vignette").status_code == 404
    client.logout()
    assert client.get(f"{url(document)}?taille=vignette").status_code == 302


def test_a_photo_kept_before_there_were_small_ones_is_shown_itself(reader, convention):
    document = stored(convention, "fete.jpg", large(), est_photo=True, largeur=1200, hauteur=800)
    name = document.fichier.name
    Path(document.fichier.storage.path(vignette_name(name))).unlink()
    assert fetch(reader, f"{url(document)}?taille=vignette")[1] == large()


def test_a_document_has_no_small_picture(reader, convention):
    document = stored(convention, "bilan.pdf")
    assert fetch(reader, f"{url(document)}?taille=vignette")[1] == b"contenu"
