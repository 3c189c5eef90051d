"""Which files the portal keeps, and as what: the one rule of the form and of the import.

The name of a file only says what it claims to be; its first bytes have to say the same. Nothing
kept is ever opened by the portal except pictures, which are written anew.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings

from . import photos

NOM_MAX = 100
_OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_OPEN_DOCUMENT = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}
_TEXTS = frozenset({".csv", ".txt"})
#: Extensions of the documents that are kept beside pictures.
DOCUMENTS = frozenset({".pdf", *_OFFICE, *_OPEN_DOCUMENT, *_TEXTS})
ADMIS = (
    "une photo (JPEG, PNG, WebP) ou un document (PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, CSV, TXT)"
)
#: For the list of files that a browser opens.
ACCEPT = ",".join(sorted({*photos.FORMATS, *DOCUMENTS}))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MIMETYPE_MAX = 100


class FichierRefuse(ValueError):
    """The file cannot be kept; the message is a sentence in French."""


@dataclass(frozen=True, slots=True)
class FichierAccepte:
    """What to keep of a file. `mesures`: the fields of a Document that are read in it."""

    nom: str
    contenu: bytes
    mesures: dict[str, object] = field(default_factory=dict)


#: What is measured of a document that has no picture.
SANS_PHOTO = {"est_photo": False, "largeur": None, "hauteur": None}


def accept(nom: str, data: bytes) -> FichierAccepte:
    """What the portal keeps of a file that somebody gives it. Raises FichierRefuse."""
    nom = _short(nom)
    suffix = PurePosixPath(nom).suffix.lower()
    check_size(nom, len(data))
    if suffix in photos.FORMATS:
        return _photo(nom, data)
    if suffix in {".heic", ".heif"}:
        raise FichierRefuse(f"« {nom} » est au format HEIC : enregistrez d’abord la photo en JPEG.")
    if suffix not in DOCUMENTS:
        raise FichierRefuse(f"« {nom} » : ce type de fichier n’est pas accepté. Donnez {ADMIS}.")
    if not _is_what_it_claims(suffix, data):
        raise FichierRefuse(
            f"« {nom} » n’est pas un fichier {suffix[1:].upper()} : son contenu dit autre chose"
            " que son nom, ou il est abîmé."
        )
    return FichierAccepte(nom, data, SANS_PHOTO)


def check_size(nom: str, size: int) -> None:
    """Raises FichierRefuse for an empty file and for one that is too large."""
    if not size:
        raise FichierRefuse(f"« {nom} » est vide.")
    if size > settings.UPLOAD_MAX_SIZE:
        raise FichierRefuse(f"« {nom} » dépasse {settings.UPLOAD_MAX_SIZE // 1024**2} Mo.")


def _short(nom: str) -> str:
    """The name without its folders, short enough for any storage; its extension stays."""
    pure = PurePosixPath(nom.replace("\\", "/").replace("\0", ""))
    return f"{pure.stem[:NOM_MAX]}{pure.suffix[:10]}"


def _photo(nom: str, data: bytes) -> FichierAccepte:
    try:
        photo = photos.prepare_photo(nom, data)
    except photos.PhotoRefusee as error:
        raise FichierRefuse(str(error)) from error
    mesures = {"est_photo": True, "largeur": photo.largeur, "hauteur": photo.hauteur}
    return FichierAccepte(photo.name, photo.content, mesures)


def _is_what_it_claims(suffix: str, data: bytes) -> bool:
    if suffix == ".pdf":
        return data.startswith(b"%PDF-")
    if suffix in _TEXTS:
        return data.startswith(_UTF_16) or b"\0" not in data
    return _is_office(suffix, data)


def _is_office(suffix: str, data: bytes) -> bool:
    """An archive from its first byte on, with the parts of that format and without macros."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if suffix in _OFFICE:
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                has_parts = any(name.startswith(_OFFICE[suffix]) for name in names)
                return "[Content_Types].xml" in names and has_parts and not has_macros
            with archive.open("mimetype") as part:
                said = part.read(_MIMETYPE_MAX).decode("ascii")
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, RuntimeError):
        return False
    return said == f"application/vnd.oasis.opendocument.{_OPEN_DOCUMENT[suffix]}"
