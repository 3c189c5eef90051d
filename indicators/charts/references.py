"""Levels drawn across a curve: the target, and the value that the convention started from."""

from collections.abc import Iterator
from dataclasses import dataclass

from .geometry import Segment, text_box
from .placement import AERE, SERRE, Etiquette, Scene


@dataclass(frozen=True, slots=True)
class Reference:
    """A level from one side of the picture to the other, and the words that name it."""

    mots: str
    y: float
    gauche: float
    droite: float
    corps: float

    @property
    def segment(self) -> Segment:
        return Segment(self.gauche, self.y, self.droite + 6, self.y)

    def label(self, scene: Scene, *, beside: bool, top: bool) -> Etiquette | None:
        """Its words over or under its line, recorded in the scene; None without room.

        `beside` tries the right of the line first, `top` the very top of the picture at last.
        """
        for air in (AERE, SERRE):
            for x, y, anchor in self._places(beside, top):
                box = text_box(self.mots, self.corps, x, y, anchor)
                if scene.is_free(box, air):
                    return scene.add(Etiquette(self.mots, x, y, anchor, box))
        return None

    def _places(self, beside: bool, top: bool) -> Iterator[tuple[float, float, str]]:
        """Both ends, then the middle and the quarters."""
        ends = ((self.gauche + 2, "start"), (self.droite, "end"))
        over, under = self.y - 0.45 * self.corps, self.y + 1.1 * self.corps
        if beside:
            yield self.droite + 11, self.y + 0.33 * self.corps, "start"
        for y in (over, under):
            yield from ((x, y, anchor) for x, anchor in ends)
        for part in (0.5, 0.25, 0.75):
            x = self.gauche + part * (self.droite - self.gauche)
            yield from ((x, y, "middle") for y in (over, under))
        if top:
            yield from ((x, self.corps, anchor) for x, anchor in ends)
