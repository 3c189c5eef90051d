"""Lengths of texts, in pixels of a slide of 1280 × 720.

The font of the portal is measured and widened: a presentation is opened on machines that do not
have it, where a wider one (DejaVu Sans is among the widest) takes its place.
"""

import re
import unicodedata
from functools import cache, lru_cache

from django.contrib.staticfiles import finders
from PIL import ImageFont

from ..polices import POLICE, code_of, is_drawn

GRAISSE, GRAISSE_FORTE = 400, 700
MARGE, MARGE_FORTE = 1.18, 1.24
#: Where a line may end: not at a non-breaking space.
ESPACES = re.compile(r"[ \t\r\n]+")
# Size at which the font is read: lengths are then kept as a part of the body.
_CORPS = 200
# Latin letters and punctuation stand in the font; the rest (emoji, Arabic, Han) comes from another.
_DERNIER_LATIN = 0x24F
_LARGEUR_AUTRE = 1.15
_LARGEUR_CODE = 0.6


def largeur(texte: str, corps: float, *, gras: bool = False) -> float:
    """The width that a text may take on one line."""
    return corps * (
        MARGE_FORTE * sum(_avance(signe, gras=True) for signe in texte)
        if gras
        else MARGE * sum(_avance(signe, gras=False) for signe in texte)
    )


@lru_cache(maxsize=4096)
def couper(texte: str, place: float, corps: float, *, gras: bool = False) -> tuple[str, ...]:
    """The lines of a text in a column of that width; a word wider than it is cut.

    A line that ends between two words keeps its space: put end to end, the lines give the text.
    """
    lines, current, taken = [], "", 0.0
    space = largeur(" ", corps, gras=gras)
    for word in ESPACES.split(texte.strip()):
        for rank, piece in enumerate(_morceaux(word, place, corps, gras)):
            wide = largeur(piece, corps, gras=gras)
            joint = " " if rank == 0 and current else ""
            if current and (rank or taken + space + wide > place):
                lines.append(current + joint)
                current, taken = piece, wide
            else:
                current += joint + piece
                taken += wide + (space if joint else 0)
    return (*lines, current) if current else tuple(lines)


def tient(texte: str, place: float, corps: float, *, gras: bool = False) -> bool:
    """Whether a text holds on one line."""
    return largeur(texte, corps, gras=gras) <= place


def nombre_de_lignes(texte: str, place: float, corps: float, *, gras: bool = False) -> int:
    return len(couper(texte, place, corps, gras=gras))


def _morceaux(mot: str, place: float, corps: float, gras: bool) -> list[str]:
    if largeur(mot, corps, gras=gras) <= place:
        return [mot]
    pieces, current, taken = [], "", 0.0
    for sign in mot:
        wide = largeur(sign, corps, gras=gras)
        if current and taken + wide > place:
            pieces.append(current)
            current, taken = "", 0.0
        current += sign
        taken += wide
    return [*pieces, current]


@lru_cache(maxsize=4096)
def _avance(signe: str, *, gras: bool) -> float:
    """The advance of a sign, as a part of the body."""
    if unicodedata.category(signe) in {"Mn", "Me", "Cf"}:
        return 0.0
    code = ord(signe)
    if code > _DERNIER_LATIN and not 0x2000 <= code <= 0x2122:
        # Printed as its code where no font draws it.
        return _LARGEUR_AUTRE if is_drawn(signe) else len(code_of(signe)) * _LARGEUR_CODE
    return _police(GRAISSE_FORTE if gras else GRAISSE).getlength(signe) / _CORPS


@cache
def _police(graisse: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(finders.find(POLICE), _CORPS)
    font.set_variation_by_axes([graisse])
    return font
