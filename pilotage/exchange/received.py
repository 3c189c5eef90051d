"""The file of an import while it waits between its preview and its import.

It stands in the private storage under a name that cannot be guessed, and no address leads to it.
What was shown travels with the page as a signed token: it binds the file, its content, what the
preview said it would do, the convention and the person.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "imports"
DUREE = timedelta(hours=24)
SALT = "pilotage.exchange.received"


class ApercuPerdu(Exception):
    """The token or its file no longer holds: choose the file again. The message is in French."""


@dataclass(frozen=True, slots=True)
class Recu:
    """A received file: its name in the storage, the one it came with, its SHA-256."""

    fichier: str
    nom: str
    condensat: str

    @property
    def path(self) -> Path:
        return Path(default_storage.path(self.fichier))


def keep(fichier: File) -> Recu:
    """Keep an uploaded file in a folder of its own; those older than a day go at the same time.

    Raises OSError when the disk has no room.
    """
    forget_old()
    # Alone in its folder: a workbook may name files that stand beside it.
    wanted = f"{FOLDER}/{uuid.uuid4().hex}/tables"
    try:
        name = default_storage.save(wanted, fichier)
    except OSError:
        _delete_folder(str(PurePosixPath(wanted).parent))
        raise
    return Recu(name, PurePosixPath(fichier.name).name, _digest(name))


def forget(recu: Recu) -> None:
    """Delete the file with its folder, and what stands beside it."""
    _delete_folder(str(PurePosixPath(recu.fichier).parent))


def forget_old() -> int:
    """Delete the files that have waited for more than a day; returns how many."""
    limit = timezone.now() - DUREE
    found = 0
    for folder in _folders():
        path = f"{FOLDER}/{folder}"
        times = [default_storage.get_modified_time(f"{path}/{name}") for name in _files(path)]
        if times and max(times) < limit:
            _delete_folder(path)
            found += 1
    return found


def seal(recu: Recu, *, convention, user, vu: dict | None = None) -> str:
    """The token of a page about this file; `vu` is what the page showed, as JSON."""
    content = [recu.fichier, recu.nom, recu.condensat, vu or {}, convention.pk, user.pk]
    return signing.dumps(content, salt=SALT, compress=True)


def unseal(jeton: str, *, convention, user) -> tuple[Recu, dict]:
    """The file of a page and what that page showed.

    Raises ApercuPerdu: too old, of another person or convention, already imported, or changed.
    """
    try:
        *file, vu, convention_pk, user_pk = signing.loads(jeton, salt=SALT, max_age=DUREE)
    except signing.BadSignature:
        raise ApercuPerdu("Cet aperçu n’est plus valable.") from None
    recu = Recu(*file)
    if (convention_pk, user_pk) != (convention.pk, user.pk):
        raise ApercuPerdu("Cet aperçu n’est plus valable.")
    try:
        if _digest(recu.fichier) != recu.condensat:
            raise ApercuPerdu("Le fichier a changé depuis l’aperçu.")
    except FileNotFoundError:
        raise ApercuPerdu("Ce fichier a déjà été importé, ou n’est plus gardé.") from None
    return recu, vu


def _digest(name: str) -> str:
    with default_storage.open(name, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[0]
    except FileNotFoundError:
        return []


def _files(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _delete_folder(folder: str) -> None:
    for name in _files(folder):
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
