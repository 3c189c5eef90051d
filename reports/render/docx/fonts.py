"""The font of the portal, embedded in the Word file so that it looks the same everywhere.

Word reads neither variable fonts nor woff2: each weight is cut out of the variable font, then
scrambled as ECMA-376 (part 4, font embedding) asks.
"""

import io
import uuid
from dataclasses import dataclass
from functools import lru_cache

from ..ressources import POLICE as FICHIER
from ..ressources import STATIC, Ressources
from .styles import POLICE, POLICE_FINE

FAMILLES = (POLICE, POLICE_FINE)
# Family, weight, and the place of this weight in the family.
_COUPES = (
    (POLICE, 400, "embedRegular"),
    (POLICE, 700, "embedBold"),
    (POLICE_FINE, 300, "embedRegular"),
)
_TABLES_VARIABLES = ("STAT", "MVAR", "HVAR", "avar", "gvar", "fvar")


@dataclass(frozen=True, slots=True)
class Font:
    family: str
    place: str
    key: str
    content: bytes


@lru_cache(maxsize=1)
def embedded_fonts() -> tuple[Font, ...]:
    """The weights that the styles use; the first call takes a second or two."""
    source = Ressources(frozenset()).open(STATIC + FICHIER).contenu
    return tuple(_font(source, *cut) for cut in _COUPES)


def _font(source: bytes, family: str, weight: int, place: str) -> Font:
    guid = uuid.uuid5(uuid.NAMESPACE_OID, f"{family} {weight}")
    key = f"{{{str(guid).upper()}}}"
    return Font(family, place, key, _scrambled(_static_font(source, family, weight), guid))


def _static_font(source: bytes, family: str, weight: int) -> bytes:
    """One weight of the variable font as TrueType, under this family name."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(io.BytesIO(source)), {"wght": weight})
    for name in _TABLES_VARIABLES:
        if name in font:
            del font[name]
    is_bold = weight >= 700
    names = {1: family, 2: "Bold" if is_bold else "Regular", 4: f"{family}{' Bold' * is_bold}"}
    names[6] = names[4].replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID in {16, 17, 21, 22, 25}:
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 700 if is_bold else 400
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if is_bold else 0x40)
    head.macStyle = 1 if is_bold else 0
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _scrambled(content: bytes, guid: uuid.UUID) -> bytes:
    """The first 32 bytes, exclusive or the key read backwards."""
    key = guid.bytes[::-1]
    head = bytes(byte ^ key[rank % 16] for rank, byte in enumerate(content[:32]))
    return head + content[32:]
