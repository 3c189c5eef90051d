"""The files of a bilan: each is drawn once and kept as long as what it shows does not change.

A file is found by what it shows. Everything about it stands on the disk that all processes share:
the file itself, or the request for it (`.demande`, with the text it is drawn from), or why it could
not be drawn (`.echec`). Who asks and who draws (`tasks.py`) may be two processes.
"""

import datetime
import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core.cache import caches

from . import canonical
from .droits import photos_retirees
from .images import lasting_names
from .models import Bilan
from .present import build_present
from .render.formats import DESSINABLES, Format
from .render.pdf import PdfUnavailable
from .render.version import version_du_rendu
from .tree import nodes

# Beside the media, never inside a convention's own files.
DOSSIER = "bilans"
DOSSIER_DU_JOUR = "bilans/jour"
DOSSIER_ARRETES = "bilans/arretes"
# Files of unfrozen bilans: the oldest make room.
GARDES = 150
# How long an unchanged journal vouches for the tree (seconds): accounts are outside the journal.
DUREE = 600
# A request this old (seconds) was lost with the process that had it: it may be made again.
ABANDON = 1800

ECHEC = (
    "Le fichier n’a pas pu être produit. Recommencez dans un instant\u00a0; si cela se répète,"
    " prévenez la personne qui administre le portail."
)
PLACE_MANQUE = "Le fichier n’a pas pu être gardé\u00a0: la place manque sur le serveur."
_JETON = re.compile(r"[0-9a-f]{64}")


class Etat(Enum):
    """Where a file stands: kept, asked for, impossible to draw, or never asked for."""

    PRET = "pret"
    EN_COURS = "en_cours"
    ECHEC = "echec"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Fichier:
    """One file of one bilan, kept or still to be made.

    `texte` gives the canonical text it is drawn from, and is only called when it has to be; None
    for a file that is only looked after (`fichier_suivi`). `jeton` names it among those of its
    convention, for who waits for it; empty where its address says everything.
    """

    chemin: Path
    format: Format
    texte: Callable[[], canonical.Canonique] | None
    jeton: str = ""

    @property
    def etat(self) -> Etat:
        # Looked at first: the request goes once the file, or the reason of its absence, is there.
        is_asked = self.attente is not None and self.attente < ABANDON
        if self.chemin.exists():
            return Etat.PRET
        if is_asked:
            return Etat.EN_COURS
        return Etat.ECHEC if self.echec.exists() else Etat.ABSENT

    @property
    def attente(self) -> float | None:
        """Seconds since it was asked for, or since its drawing began; None if nobody asked."""
        try:
            return time.time() - self.demande.stat().st_mtime
        except FileNotFoundError:
            return None

    @property
    def est_pret(self) -> bool:
        return self.chemin.exists()

    @property
    def etag(self) -> str:
        """What is kept under one path never changes: the path says what the bytes are."""
        return hashlib.sha256(str(self.chemin).encode()).hexdigest()[:32]

    @property
    def message(self) -> str:
        """Why it could not be drawn, in French."""
        try:
            return self.echec.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ECHEC

    @property
    def demande(self) -> Path:
        return self.chemin.with_name(f"{self.chemin.name}.demande")

    @property
    def echec(self) -> Path:
        return self.chemin.with_name(f"{self.chemin.name}.echec")

    def claim(self) -> bool:
        """Leave a request for this file; False where somebody else did, or it is kept already.

        Raises OSError where it cannot be written down.
        """
        if self.etat in (Etat.PRET, Etat.EN_COURS):
            return False
        if (self.attente or 0) >= ABANDON:
            # Nobody answered it; a fresh one of somebody else stays.
            self.demande.unlink(missing_ok=True)
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        texte = self.texte()
        written = json.dumps({"texte": texte.texte, "personnes": texte.personnes})
        temporary = _temporary(self.chemin.parent, written.encode())
        self.echec.unlink(missing_ok=True)
        try:
            # Of two who ask at once, one makes the link.
            self.demande.hardlink_to(temporary)
        except FileExistsError:
            return False
        finally:
            temporary.unlink(missing_ok=True)
        return True

    def draw(self) -> bytes:
        """The content, drawn here and now and not kept. Raises PdfUnavailable."""
        texte = self.texte()
        with _locked("rendu"):
            return self.format.render(canonical.read(texte.texte, texte.personnes))

    def wait(self, seconds: float) -> Etat:
        """Where it stands once it is made or has failed, or when that many seconds are over."""
        end = time.monotonic() + seconds
        while (etat := self.etat) is Etat.EN_COURS and time.monotonic() < end:
            time.sleep(0.05)
        return etat


# --- Which file -------------------------------------------------------------------------------


def fichier_garde(convention, exercice: int | None, found: Format, version: str) -> Fichier | None:
    """The bilan of today in one format, if it is kept and nothing was written since; no query.

    `version` is the day and the state of the convention's journal (`access.get_version`).
    """
    digest = caches["pages"].get(_key(convention, exercice, found, version))
    fichier = _of_today(convention, digest, found) if digest else None
    return fichier if fichier and fichier.est_pret else None


def fichier_du_jour(
    convention, exercice: int | None, found: Format, *, today: datetime.date, version: str
) -> Fichier:
    """The bilan as it stands today, in one format; `fichier_garde` finds it again."""
    fichier = fichier_de(convention, build_present(convention, exercice, today=today), found)
    key = _key(convention, exercice, found, version)
    caches["pages"].set(key, fichier.jeton, DUREE)
    return fichier


def _key(convention, exercice: int | None, found: Format, version: str) -> str:
    return f"bilan-{convention.pk}-{exercice}-{found.cle}-{version}"


def fichier_de(convention, tree: nodes.Bilan, found: Format) -> Fichier:
    """Any tree of this convention that is not frozen (today, a draft), in one format."""
    written = canonical.write(tree)
    parts = (
        found.cle,
        version_du_rendu(),
        written.texte,
        repr(written.personnes),
        # The same name may stand for another picture.
        repr(sorted(lasting_names(tree).items())),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return _of_today(convention, digest, found, lambda: written)


def fichier_suivi(convention, jeton: str, found: Format) -> Fichier | None:
    """The file that somebody asked for earlier, by its `jeton`; None for what is no such thing."""
    return _of_today(convention, jeton, found) if _JETON.fullmatch(jeton) else None


def fichier_arrete(bilan: Bilan, found: Format) -> Fichier:
    """The file of an arrêté: drawn once, then the same bytes for ever.

    A name that is erased, a photo that is withdrawn make another file; the one that shows them is
    thrown away when it is made.
    """
    shown = repr(sorted(bilan.personnes.items()))
    retirees = photos_retirees(bilan)
    if retirees:
        shown += repr(sorted(retirees))
    names = hashlib.sha256(shown.encode()).hexdigest()[:16]
    return Fichier(
        _folder_of(bilan) / f"{found.cle}-{names}.{found.suffixe}",
        found,
        # Drawing leaves out what its composition does. Raises canonical.TexteIllisible.
        lambda: canonical.write(bilan.tree_entier),
    )


def forget_arrete(bilan: Bilan) -> None:
    """Throw the kept files of an arrêté away, to be drawn again: a name was erased.

    What is being drawn meanwhile finds its request gone, and is not kept.
    """
    folder = _folder_of(bilan)
    if folder.exists():
        with _locked("ecriture"):
            shutil.rmtree(folder)


def _of_today(convention, digest: str, found: Format, texte=None) -> Fichier:
    # In a folder of its convention: knowing a digest gives nobody the files of another one.
    folder = Path(settings.MEDIA_ROOT) / DOSSIER_DU_JOUR / str(convention.pk)
    return Fichier(folder / f"{digest}.{found.suffixe}", found, texte, jeton=digest)


def _folder_of(bilan: Bilan) -> Path:
    return Path(settings.MEDIA_ROOT) / DOSSIER_ARRETES / f"{bilan.pk}-{bilan.empreinte[:16]}"


# --- Making it --------------------------------------------------------------------------------


def make(chemin: str, cle: str) -> None:
    """Draw the file that is asked for at this path, and keep it; what nobody asks for is not drawn.

    One drawing at a time on the machine, in whatever process: each takes a core and up to a few
    hundred megabytes. Whatever prevents it is written beside the file, in French, and raised.
    """
    fichier = Fichier(Path(settings.MEDIA_ROOT) / chemin, DESSINABLES[cle], None)
    with _locked("rendu"):
        if fichier.est_pret:
            fichier.demande.unlink(missing_ok=True)
        if not fichier.demande.exists():
            return
        try:
            asked = json.loads(fichier.demande.read_text(encoding="utf-8"))
            # Its age counts from now: it may have waited for others.
            fichier.demande.touch()
            tree = canonical.read(asked["texte"], asked["personnes"])
            _keep(fichier, fichier.format.render(tree))
        except Exception as error:
            _refuse(fichier, _reason(error))
            raise
    _make_room()


def _keep(fichier: Fichier, content: bytes) -> None:
    """Write whole or not at all; not at all where the request was withdrawn meanwhile."""
    with _locked("ecriture"):
        if fichier.demande.exists():
            _temporary(fichier.chemin.parent, content).replace(fichier.chemin)
            fichier.demande.unlink()
            _drop_others(fichier)


def _drop_others(fichier: Fichier) -> None:
    """Of an arrêté, the same format as it was before a name or a photo was taken out of it."""
    others = fichier.chemin.parent.glob(f"{fichier.format.cle}-*.{fichier.format.suffixe}")
    for other in others:
        if other != fichier.chemin:
            other.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    if isinstance(error, PdfUnavailable):
        return str(error)
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return PLACE_MANQUE if is_full else ECHEC


def _refuse(fichier: Fichier, message: str) -> None:
    """Say why beside the file, if that can still be written; it can be asked for again."""
    with suppress(OSError):
        fichier.echec.write_text(message, encoding="utf-8")
    fichier.demande.unlink(missing_ok=True)


def _temporary(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _make_room() -> None:
    """The oldest files that can be made again go, whatever convention they are about."""
    ages = {}
    for path in (Path(settings.MEDIA_ROOT) / DOSSIER_DU_JOUR).rglob("*.*"):
        # Another process makes room too.
        with suppress(FileNotFoundError):
            ages[path] = path.stat().st_mtime
    for old in sorted(ages, key=ages.get, reverse=True)[GARDES:]:
        old.unlink(missing_ok=True)


@contextmanager
def _locked(name: str) -> Iterator[None]:
    folder = Path(settings.MEDIA_ROOT) / DOSSIER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
