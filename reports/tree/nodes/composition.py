"""How the coordination composed a bilan: what is printed of the tree, and in which order."""

from dataclasses import dataclass, field

from ...enums import DANS_LES_AXES, Detail, Partie
from .base import Texte

#: What the COPIL said is never left out; it stands before the annexes that end a bilan.
AVIS = "avis"


@dataclass(frozen=True, slots=True)
class Composition:
    """What was chosen; the values by default are those of the complete document.

    `parties` are names of `Partie` in their order, `axes` the anchors of the axes kept (empty: all
    of them), `reunion` the meeting that the bilan is made for, `conclusion` what replaces that of
    the convention.
    """

    detail: str = str(Detail.COMPLET)
    parties: tuple[str, ...] = tuple(Partie.values)
    axes: tuple[str, ...] = ()
    avec_photos: bool = True
    avec_logos: bool = True
    introduction: Texte = field(default_factory=Texte)
    conclusion: Texte = field(default_factory=Texte)
    reunion: str = ""

    @property
    def ordre(self) -> tuple[str, ...]:
        """The parts that begin a page of their own, with the avis in its place."""
        found = [name for name in self.parties if name not in DANS_LES_AXES]
        is_last = bool(found) and found[-1] == Partie.ANNEXES
        found.insert(len(found) - is_last, AVIS)
        return tuple(found)
