"""What the PDF engine may load: the project's static files, the convention's pictures, no more."""

import http.server
import io
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from reports.render.pdf import make_fetcher, write_pdf
from reports.render.ressources import COTE_MAX, RessourceRefusee, Ressources

OURS = "documents/2024/lac.jpg"
THEIRS = "documents/2024/autre-convention.jpg"


def picture(size=(3000, 2000), **options) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, "JPEG", **options)
    return buffer.getvalue()


@pytest.fixture
def ressources(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save(OURS, ContentFile(picture()))
    default_storage.save(THEIRS, ContentFile(picture((20, 20))))
    (tmp_path / "secret.txt").write_text("secret")
    return Ressources(frozenset({OURS}))


@pytest.fixture
def loopback():
    """A server on this machine that redirects to a file and remembers who called."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    thread.join()
    server.server_close()


def test_style_sheet_font_and_own_pictures_are_given(ressources):
    fetch = make_fetcher(ressources).fetch
    assert fetch("static:css/bilan.css").content_type == "text/css"
    assert fetch("static:fonts/atkinson-hyperlegible-next.woff2").read()[:4] == b"wOF2"
    assert fetch(f"media:{OURS}").content_type == "image/jpeg"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://127.0.0.1/x",
        "https://exemple.fr/logo.png",
        "data:text/css,body{}",
        "static:/etc/passwd",
        "static:../ctg_portal/settings.py",
        "static:css/../../ctg_portal/settings.py",
        "static:css/..%2f..%2fmanage.py",
        "static:css\\..\\..\\manage.py",
        "static:",
        "static:css",
        "media:../secret.txt",
        f"media:{THEIRS}",
        f"media:{OURS}/../autre-convention.jpg",
        "media:",
        "",
    ],
)
def test_everything_else_is_refused(ressources, url):
    with pytest.raises(RessourceRefusee):
        ressources.open(url)
    with pytest.raises(ValueError, match=r"refusé|absent"):
        make_fetcher(ressources).fetch(url)


def test_no_request_leaves_even_from_a_document(ressources, loopback):
    address, calls = loopback
    html = (
        f'<html lang="fr"><head><title>x</title><link rel="stylesheet" href="{address}/a.css">'
        f"</head><body><p>texte</p><img alt='x' src='{address}/b.png'>"
        '<img alt="x" src="file:///etc/passwd"></body></html>'
    )
    assert write_pdf(html, ressources).startswith(b"%PDF")
    assert calls == []


def test_redirect_is_never_followed(ressources, loopback):
    address, calls = loopback
    with pytest.raises(ValueError, match="refusée"):
        make_fetcher(ressources).fetch(f"{address}/redirige")
    assert calls == []


def test_photos_are_small_upright_and_without_metadata(ressources):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x9286] = "lieu de prise de vue"
    default_storage.delete(OURS)
    default_storage.save(OURS, ContentFile(picture(exif=exif)))
    found = ressources.open(f"media:{OURS}")
    with Image.open(io.BytesIO(found.contenu)) as image:
        assert max(image.size) == COTE_MAX
        assert image.height > image.width
        assert not image.getexif()
