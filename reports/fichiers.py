"""The files of a bilan: each is rendered once and kept as long as what it shows does not change."""

import datetime
import fcntl
import hashlib
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connections

from . import canonical
from .images import lasting_names
from .models import Bilan
from .present import build_present
from .render.formats import FORMATS, Format
from .render.pdf import PdfUnavailable
from .render.version import version_du_rendu
from .tree import nodes

logger = logging.getLogger(__name__)

# Beside the media, never inside a convention's own files.
DOSSIER_DU_JOUR = "bilans/jour"
DOSSIER_ARRETES = "bilans/arretes"
# Files of unfrozen bilans: the oldest make room.
GARDES = 150
# How long an unchanged journal vouches for the tree (seconds): accounts are outside the journal.
DUREE = 600


def fichier_du_jour(
    convention, exercice: int | None, found: Format, *, today: datetime.date, version: str
) -> bytes:
    """The bilan as it stands today, in one format.

    `version` is the state of the convention's journal: while it says the same, the file that was
    kept is found without reading the convention. Raises PdfUnavailable.
    """
    cache = caches["pages"]
    key = f"bilan-{convention.pk}-{exercice}-{found.cle}-{today}-{version}"
    digest = cache.get(key) if version else None
    if digest:
        path = _path_of_today(digest, found)
        if path.exists():
            return path.read_bytes()
    tree = build_present(convention, exercice, today=today)
    digest = _digest(tree, found)
    cache.set(key, digest, DUREE)
    return _kept(_path_of_today(digest, found), lambda: found.render(tree), room=GARDES)


def fichier_arrete(bilan: Bilan, found: Format) -> bytes:
    """The file of an arrêté: rendered once, then the same bytes for ever. Raises PdfUnavailable."""
    names = hashlib.sha256(repr(sorted(bilan.personnes.items())).encode()).hexdigest()[:16]
    path = _folder_of(bilan) / f"{found.cle}-{names}.{found.suffixe}"
    return _kept(path, lambda: found.render(bilan.tree))


def prepare_arrete(bilan: Bilan) -> threading.Thread:
    """Keep the PDF of an arrêté without keeping anybody waiting: it takes up to half a minute.

    In a thread of its own, which reads no database: the tree is in the row already. Should the
    process end before it, whoever asks for the PDF first has it made from the same tree.
    """
    thread = threading.Thread(target=_prepare, args=(bilan,), daemon=True)
    thread.start()
    return thread


def _prepare(bilan: Bilan) -> None:
    try:
        fichier_arrete(bilan, FORMATS["pdf"])
    except (PdfUnavailable, OSError):
        logger.exception("Le PDF de « %s » sera fait à la première demande.", bilan)
    finally:
        # Whatever drawing may have opened ends with its thread.
        connections.close_all()


def forget_arrete(bilan: Bilan) -> None:
    """Throw the kept files of an arrêté away, to be rendered again: a name was erased."""
    folder = _folder_of(bilan)
    if folder.exists():
        with _one_at_a_time():
            shutil.rmtree(folder)


def _folder_of(bilan: Bilan) -> Path:
    return Path(settings.MEDIA_ROOT) / DOSSIER_ARRETES / f"{bilan.pk}-{bilan.empreinte[:16]}"


def _path_of_today(digest: str, found: Format) -> Path:
    return Path(settings.MEDIA_ROOT) / DOSSIER_DU_JOUR / f"{digest}.{found.suffixe}"


def _digest(tree: nodes.Bilan, found: Format) -> str:
    written = canonical.write(tree, lasting_names(tree))
    parts = (found.cle, version_du_rendu(), written.texte, repr(written.personnes))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _kept(path: Path, render: Callable[[], bytes], room: int | None = None) -> bytes:
    """What the file holds, else what `render` gives, which the file then holds.

    One rendering at a time on the machine, in whatever process: each takes a core and up to a few
    hundred megabytes; who asked for the same meanwhile finds it made.
    """
    if path.exists():
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        if path.exists():
            return path.read_bytes()
        content = render()
        _keep(path, content)
    if room:
        _make_room(path.parent, room)
    return content


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    folder = Path(settings.MEDIA_ROOT) / "bilans"
    with (folder / "verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all.

    A disk that is full loses the copy, not the file: whoever asked for it still receives it.
    """
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        logger.exception("Un fichier du bilan n’a pas pu être gardé.")
        Path(name).unlink(missing_ok=True)
        return
    Path(name).replace(path)


def _make_room(folder: Path, room: int) -> None:
    kept = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in kept[room:]:
        old.unlink(missing_ok=True)
