"""The photos of an arrêté whose droit à l’image was withdrawn since it was frozen.

Its text names them by their content, and does not change: it is read, drawn and shared without
them. The fiches decide: nothing of this is written with the bilan.
"""

import hashlib
import re

from django.core.cache import caches
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from actions.models import Document, PhotoRetiree

_PHOTO = re.compile(r'"image":"(bilans/images/([0-9a-f]{64})[^"]*)"')


def photos_retirees(bilan) -> frozenset[str]:
    """Names, in the media, of the frozen photos of an arrêté that may not be shown any more.

    Those whose document has lost its droit à l’image, or lost it and was removed, unless the same
    picture has one in another document. Two queries, none where there is no photo; files are only
    read where they weigh as much as a frozen one.
    """
    names = _frozen_photos(bilan)
    if not names:
        return frozenset()
    removed = PhotoRetiree.objects.filter(
        convention=bilan.convention_id, retiree_le__gt=bilan.arrete_le
    )
    refused = {*removed.values_list("empreinte", flat=True)}
    documents = Document.objects.filter(convention=bilan.convention_id).exclude(fichier="")
    found = documents.values_list("fichier", "droit_image")
    sizes = {_size(name) for name in names} - {None}
    likely = [(name, droit) for name, droit in found if _size(name) in sizes]
    refused |= {_digest(name) for name, droit in likely if not droit}
    if refused:
        refused -= {_digest(name) for name, droit in likely if droit}
    return frozenset(name for name, digest in names.items() if digest in refused)


def _frozen_photos(bilan) -> dict[str, str]:
    """Name and SHA-256 of each; the long text never changes, and is read once per process."""
    key = f"photos-{bilan.empreinte}"
    found = caches["pages"].get(key)
    if found is None:
        found = {match[1]: match[2] for match in _PHOTO.finditer(bilan.arbre)}
        caches["pages"].set(key, found, None)
    return found


def _digest(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()


def _size(name: str) -> int | None:
    try:
        return default_storage.size(name)
    except (OSError, ValueError, SuspiciousFileOperation):
        return None
