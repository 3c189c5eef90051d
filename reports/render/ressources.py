"""The only files a bilan may load: static files of the project, pictures of its convention.

Documents name them by private addresses, `static:css/bilan.css` and `media:documents/2024/x.jpg`.
Nothing else is ever opened: no file, no network, no redirect (there is nobody to redirect).
"""

import base64
import io
import mimetypes
import posixpath
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from ..polices import POLICE
from ..tree import Bilan
from ..tree.nodes import RETIREE

STATIC = "static:"
MEDIA = "media:"
FEUILLE = "css/bilan.css"
# As the style sheet, which stands in css/, names the font.
POLICE_RELATIVE = f"../{POLICE}"
# A photo is at most 126 mm wide: 1200 pixels are 240 dots per inch.
COTE_MAX = 1200
QUALITE = 82
PIXELS_MAX = 60_000_000


class RessourceRefusee(Exception):
    """The address is not one that a bilan may load; nothing was opened."""


@dataclass(frozen=True, slots=True)
class Ressource:
    contenu: bytes
    type: str

    @property
    def data_uri(self) -> str:
        return f"data:{self.type};base64,{base64.b64encode(self.contenu).decode()}"


def pictures_of(tree: Bilan) -> frozenset[str]:
    """Names, in the media storage, of every picture that this bilan prints."""
    documents = [*tree.cadrage.documents]
    documents += [d for jalon in tree.cadrage.jalons for d in jalon.documents]
    documents += [d for reunion in tree.gouvernance.reunions for d in reunion.documents]
    for fiche in tree.fiches:
        documents += fiche.documents
        documents += [d for volet in fiche.volets for d in volet.documents]
    names = {document.image for document in documents} | {tree.convention.logo}
    return frozenset(names - {"", RETIREE})


class Ressources:
    """Opens the addresses that one bilan may load.

    `open` raises RessourceRefusee on everything else; a picture that has disappeared or cannot be
    decoded is refused too, so that its caption is printed alone.
    """

    def __init__(self, pictures: frozenset[str]):
        self.pictures = pictures
        self._opened: dict[str, Ressource] = {}

    def open(self, url: str) -> Ressource:
        if url not in self._opened:
            self._opened[url] = self._read(url)
        return self._opened[url]

    def has_picture(self, name: str) -> bool:
        """Whether this picture can be printed."""
        try:
            self.open(MEDIA + name)
        except RessourceRefusee:
            return False
        return True

    def _read(self, url: str) -> Ressource:
        if url.startswith(STATIC):
            return _static(url.removeprefix(STATIC))
        if url.startswith(MEDIA) and url.removeprefix(MEDIA) in self.pictures:
            return _picture(url.removeprefix(MEDIA))
        raise RessourceRefusee(f"adresse refusée : {url[:200]}")


def style_sheet(police: str, feuille: str = FEUILLE) -> str:
    """A print sheet, with its font found at the address `police`."""
    sheet = _static(feuille).contenu.decode()
    return sheet.replace(POLICE_RELATIVE, police)


def _static(name: str) -> Ressource:
    if posixpath.normpath(name) != name or name.startswith(("/", "..")) or "\\" in name:
        raise RessourceRefusee(f"chemin refusé : {name[:200]}")
    try:
        path = finders.find(name)
    except SuspiciousFileOperation as error:
        raise RessourceRefusee(f"chemin refusé : {name[:200]}") from error
    if not path or not Path(path).is_file():
        raise RessourceRefusee(f"fichier absent : {name[:200]}")
    return Ressource(Path(path).read_bytes(), mimetypes.guess_type(name)[0] or "font/woff2")


def _picture(name: str) -> Ressource:
    """A picture at the size of print, upright, without its metadata."""
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            if image.width * image.height > PIXELS_MAX:
                raise RessourceRefusee(f"image trop grande : {name[:200]}")
            image.draft("RGB", (COTE_MAX, COTE_MAX))
            return _compressed(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SuspiciousFileOperation, UnidentifiedImageError) as error:
        raise RessourceRefusee(f"image illisible : {name[:200]}") from error
    except Image.DecompressionBombError as error:
        raise RessourceRefusee(f"image trop grande : {name[:200]}") from error


def _compressed(image: Image.Image) -> Ressource:
    image.thumbnail((COTE_MAX, COTE_MAX))
    buffer = io.BytesIO()
    if image.mode in {"RGBA", "LA", "P", "PA"}:
        # Logos: transparency kept, few colours.
        image.convert("RGBA").save(buffer, "PNG", optimize=True)
        return Ressource(buffer.getvalue(), "image/png")
    image.convert("RGB").save(buffer, "JPEG", quality=QUALITE, optimize=True)
    return Ressource(buffer.getvalue(), "image/jpeg")
