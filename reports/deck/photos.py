"""Pictures with their captions, two a slide; what is not shown is named in the notes."""

from collections.abc import Iterable, Sequence

from ctg_portal.lib.typographie import NBSP

from ..tree.nodes import Document
from .slides import Photo, Photos

PAR_DIAPOSITIVE = 2
#: Sizes in pixels: the highest picture, one that stands alone, the room of a caption.
HAUTEUR_PHOTO, LARGEUR_PHOTO_SEULE, HAUTEUR_LEGENDE = 420, 700, 90


def diapositives_de_photos(photos: Sequence[Photo], *, titre, surtitre="") -> list[Photos]:
    size = PAR_DIAPOSITIVE
    pages = [photos[start : start + size] for start in range(0, len(photos), size)]
    return [
        Photos(titre=titre, surtitre=surtitre, rang=rank, sur=len(pages), photos=tuple(page))
        for rank, page in enumerate(pages, start=1)
    ]


def photos_de(documents: Iterable[Document], images: frozenset[str]) -> list[Photo]:
    return [
        Photo(document.image, document.legende, document.credit, document.alt or document.legende)
        for document in documents
        if document.image in images
    ]


def autres_documents(documents: Iterable[Document], images: frozenset[str]) -> list[str]:
    """The captions of what is not shown: links, files, pictures that are not there."""
    return [
        f"Document{NBSP}: {document.legende}{_ou(document)}"
        for document in documents
        if document.image not in images
    ]


def _ou(document: Document) -> str:
    where = document.lien or document.fichier
    return f" ({where})" if where else f" ({document.absence})"
