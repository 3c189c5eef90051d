"""Pictures that the documents must show, and those that they cannot."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tests import factories as f

PHOTO = "documents/2026/photo.jpg"
NOT_A_PICTURE = b"not a picture"


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, kind)
    return buffer.getvalue()


def photo_of(fiche, content: bytes, **told):
    """A photo of this fiche, stored at PHOTO, that may be printed."""
    default_storage.save(PHOTO, ContentFile(content))
    return f.DocumentFactory(
        convention=fiche.axe.convention, fiche=fiche, fichier=PHOTO, droit_image=True, **told
    )


def give_unshowable_photos(fiche):
    """« Image abîmée », whose file is no picture, and « Image perdue », whose file is gone."""
    shown = {"convention": fiche.axe.convention, "fiche": fiche, "droit_image": True}
    broken = f.DocumentFactory(legende="Image abîmée", **shown)
    broken.fichier.save("abimee.jpg", ContentFile(NOT_A_PICTURE))
    f.DocumentFactory(legende="Image perdue", fichier="documents/2024/perdue.jpg", **shown)
