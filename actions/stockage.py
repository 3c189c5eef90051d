"""Where the files of documents are kept: a photo and its small picture stand or fall together.

Every way in (form, import) and every way out goes through the storage: a small picture can neither
be forgotten when its photo is removed, nor be asked for by a name of its own.
"""

from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from . import photos

SUFFIXE = ".vignette.webp"


def vignette_name(name: str) -> str:
    """The name under which the small picture of a stored photo is kept, if it has one."""
    return str(PurePosixPath(name).with_suffix(SUFFIXE))


def vignette_size(largeur: int, hauteur: int) -> tuple[int, int] | None:
    """Width and height of the small picture of a photo of that size, None when it has none."""
    longest = max(largeur, hauteur)
    if longest <= photos.VIGNETTE_COTE:
        return None
    largeur, hauteur = (
        max(1, round(side * photos.VIGNETTE_COTE / longest)) for side in (largeur, hauteur)
    )
    return largeur, hauteur


def small_of(fichier):
    """The FieldFile of the small picture of a stored photo; the photo itself when it has none."""
    name = vignette_name(fichier.name)
    if not fichier.storage.exists(name):
        return fichier
    return type(fichier)(fichier.instance, fichier.field, name)


@deconstructible(path="actions.stockage.DocumentStorage")
class DocumentStorage(FileSystemStorage):
    """The media folder; beside each large photo, its small picture."""

    def save(self, name, content, max_length=None):
        name = super().save(name, content, max_length)
        if PurePosixPath(name).suffix.lower() in photos.FORMATS:
            self._save_vignette(name, content)
        return name

    def delete(self, name):
        super().delete(name)
        if PurePosixPath(name).suffix.lower() in photos.FORMATS:
            super().delete(vignette_name(name))

    def _save_vignette(self, name: str, content) -> None:
        content.seek(0)
        data = photos.make_vignette(content.read())
        if data is None:
            return
        wanted = vignette_name(name)
        try:
            super().save(wanted, ContentFile(data))
        except OSError:
            # The photo itself has found room: pages show it instead.
            super().delete(wanted)
