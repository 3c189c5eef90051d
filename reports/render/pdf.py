"""The bilan as PDF/UA-1."""

import fcntl
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from ctg_portal.checks import WEASYPRINT_PACKAGES

from ..tree import Bilan
from .html import render_for_pdf
from .ressources import POLICE, STATIC, RessourceRefusee, Ressources, pictures_of, style_sheet

logger = logging.getLogger(__name__)

# Kept beside the media, never inside a convention's own files.
DOSSIER_CACHE = "bilans-pdf"
GARDES = 60


class PdfUnavailable(Exception):
    """The system libraries of WeasyPrint are missing; the message, in French, says what to type."""


def render_pdf(tree: Bilan) -> bytes:
    """The bilan as tagged PDF/UA-1, fonts embedded. Raises PdfUnavailable without Pango."""
    ressources = Ressources(pictures_of(tree))
    return _write(render_for_pdf(tree, ressources), ressources)


def cached_pdf(tree: Bilan) -> bytes:
    """The same, kept by its content: an unchanged bilan is not rendered twice.

    One rendering at a time on the machine, in whatever process: each takes a core and up to a few
    hundred megabytes.
    """
    ressources = Ressources(pictures_of(tree))
    html = render_for_pdf(tree, ressources)
    folder = Path(settings.MEDIA_ROOT) / DOSSIER_CACHE
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_digest(html, ressources)}.pdf"
    if path.exists():
        return path.read_bytes()
    with _one_at_a_time(folder):
        if path.exists():
            return path.read_bytes()
        content = _write(html, ressources)
        _keep(path, content)
    return content


def _write(html: str, ressources: Ressources) -> bytes:
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = make_fetcher(ressources)
    sheet = weasyprint.CSS(
        string=style_sheet(STATIC + POLICE), font_config=fonts, url_fetcher=fetcher
    )
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return document.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", presentational_hints=False
    )


def make_fetcher(ressources: Ressources):
    """WeasyPrint's way to a resource: ours only, everything else is refused unopened."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            try:
                found = ressources.open(url)
            except RessourceRefusee as error:
                raise ValueError(str(error)) from error
            return URLFetcherResponse(url, found.contenu, {"Content-Type": found.type})

    return Fetcher(allowed_protocols=(), allow_redirects=False)


def _weasyprint():
    """Imported on first use: it loads Pango, which may be missing from the machine."""
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as error:
        raise PdfUnavailable(
            "Le PDF ne peut pas être produit : des bibliothèques du système manquent. Sous Debian"
            f" ou Ubuntu : apt-get install {WEASYPRINT_PACKAGES}"
        ) from error
    return weasyprint


def _digest(html: str, ressources: Ressources) -> str:
    content = hashlib.sha256(html.encode())
    content.update(style_sheet(POLICE).encode())
    for name in sorted(ressources.pictures):
        if ressources.has_picture(name):
            content.update(ressources.open(f"media:{name}").contenu)
    return content.hexdigest()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all, and forget the oldest files.

    A disk that is full loses the copy, not the PDF: whoever asked for it still receives it.
    """
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        logger.exception("Le PDF du bilan n’a pas pu être gardé.")
        Path(name).unlink(missing_ok=True)
        return
    Path(name).replace(path)
    kept = sorted(path.parent.glob("*.pdf"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in kept[GARDES:]:
        old.unlink(missing_ok=True)
