"""The pictures of a bilan under the name of their content, so that an arrêté keeps its own."""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from .render.ressources import pictures_of
from .tree import Bilan

# Beside the documents of the fiches, where no service deletes anything.
DOSSIER = "bilans/images"


def lasting_names(tree: Bilan) -> dict[str, str]:
    """Name of each picture of this tree, in the media, with the name its content gives it.

    A picture that has disappeared is left out: its caption is printed alone.
    """
    found = {}
    for name in pictures_of(tree):
        content = _read(name)
        if content is not None:
            suffix = PurePosixPath(name).suffix.lower()
            found[name] = f"{DOSSIER}/{hashlib.sha256(content).hexdigest()}{suffix}"
    return found


def keep(names: dict[str, str]) -> None:
    """Copy pictures under their lasting names; one that is kept already is not written again."""
    for name, lasting in names.items():
        if not default_storage.exists(lasting):
            with default_storage.open(name) as file:
                default_storage.save(lasting, file)


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return file.read()
    except (OSError, ValueError, SuspiciousFileOperation):
        return None
