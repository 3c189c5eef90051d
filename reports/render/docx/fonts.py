"""The font of the portal, embedded in the Word file so that it looks the same everywhere.

Each weight is scrambled as ECMA-376 (part 4, font embedding) asks.
"""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .styles import POLICE, POLICE_FINE

FAMILLES = (POLICE, POLICE_FINE)


@dataclass(frozen=True, slots=True)
class Coupe:
    """A weight of the font: its family, the place that Word gives it there."""

    family: str
    weight: int
    place: str

    @property
    def fichier(self) -> Path:
        """The weight as TrueType, made by `cut_fonts`."""
        name = self.family.lower().replace(" ", "-")
        return Path(__file__).parent / "polices" / f"{name}-{self.weight}.ttf"


COUPES = (
    Coupe(POLICE, 400, "embedRegular"),
    Coupe(POLICE, 700, "embedBold"),
    Coupe(POLICE_FINE, 300, "embedRegular"),
)


@dataclass(frozen=True, slots=True)
class Font:
    family: str
    place: str
    key: str
    content: bytes


@lru_cache(maxsize=1)
def embedded_fonts() -> tuple[Font, ...]:
    """The weights that the styles use."""
    return tuple(map(_font, COUPES))


def _font(coupe: Coupe) -> Font:
    guid = uuid.uuid5(uuid.NAMESPACE_OID, f"{coupe.family} {coupe.weight}")
    key = f"{{{str(guid).upper()}}}"
    return Font(coupe.family, coupe.place, key, _scrambled(coupe.fichier.read_bytes(), guid))


def _scrambled(content: bytes, guid: uuid.UUID) -> bytes:
    """The first 32 bytes, exclusive or the key read backwards."""
    key = guid.bytes[::-1]
    head = bytes(byte ^ key[rank % 16] for rank, byte in enumerate(content[:32]))
    return head + content[32:]
