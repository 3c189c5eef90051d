"""Where the label of a point stands: ten places are tried, the first free one is taken."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .geometry import ASCENT, DESCENT, Boite, Segment, text_box

# Between a text and a line: as one would set it by hand, or as little as still reads.
AERE, SERRE = 2.5, 1.0


class ChartOverlap(Exception):
    """The label of the last measured value has no free place (raised in strict mode only)."""


@dataclass(frozen=True, slots=True)
class Repere:
    """A point to be named, at (x, y).

    `tete` is the height of the topmost mark of its period, from which a leader goes up; `creux` is
    True for a point lower than its neighbours, whose label stands below by preference.
    """

    texte: str
    x: float
    y: float
    rayon: float
    corps: float
    tete: float
    creux: bool


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A placed text; `rappel` is the dotted line to its point when it stands away from it."""

    texte: str
    x: float
    y: float
    anchor: str
    boite: Boite
    rappel: Segment | None = None


@dataclass(slots=True)
class Scene:
    """What is already drawn and must stay readable.

    `boites` are texts and points, `segments` the lines that no label may stand on, `traits` those
    of the series, which a leader may not cross either. `sommet` is the lowest baseline above
    everything that is drawn.
    """

    cadre: Boite
    sommet: float
    boites: list[Boite] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def is_free(self, boite: Boite, air: float = SERRE) -> bool:
        """True if nothing stands there, nor so near that two figures would read as one.

        `air` is what is left between the text and the lines over and under it.
        """
        wider, clear = boite.widened(4, 1), boite.widened(4, air)
        return (
            self.cadre.holds(boite)
            and not any(wider.meets(other) for other in self.boites)
            and not any(clear.crossed_by(segment) for segment in self.segments)
        )

    def lets_pass(self, rappel: Segment | None) -> bool:
        return rappel is None or not any(boite.crossed_by(rappel) for boite in self.boites)

    def overlap(self, boite: Boite) -> int:
        """How many drawn things a box would cover: the lesser evil when no place is free."""
        return sum(boite.meets(other) for other in self.boites) + sum(
            boite.crossed_by(segment) for segment in self.segments
        )

    def add(self, etiquette: Etiquette) -> Etiquette:
        self.boites.append(etiquette.boite)
        if etiquette.rappel:
            self.segments.append(etiquette.rappel)
        return etiquette


def place(scene: Scene, repere: Repere, *, loin: bool = True) -> Etiquette | None:
    """The first free place round a point, recorded in the scene; None if the ten are taken.

    `loin` is False where the two places away from the point are not worth their leader.
    """
    candidates = list(places(scene, repere))
    near = [one for one in candidates if not one.rappel]
    far = [one for one in candidates if one.rappel] if loin else []
    for air, tried in ((AERE, near), (SERRE, near), (SERRE, far)):
        for etiquette in tried:
            if scene.is_free(etiquette.boite, air) and scene.lets_pass(etiquette.rappel):
                return scene.add(etiquette)
    return None


def place_without(scene: Scene, segment: Segment, repere: Repere) -> Etiquette | None:
    """The first place near the point once a line is taken out of the scene; without, it stays."""
    kept = scene.segments
    scene.segments = kept.copy()
    # Once: the target may stand at the very same level, and stays.
    scene.segments.remove(segment)
    label = place(scene, repere, loin=False)
    if not label:
        scene.segments = kept
    return label


def place_anyway(scene: Scene, repere: Repere) -> Etiquette:
    """The place that covers the least, when none is free."""
    return scene.add(
        min(places(scene, repere), key=lambda candidate: scene.overlap(candidate.boite))
    )


def places(scene: Scene, repere: Repere) -> Iterator[Etiquette]:
    """The ten places, the best first: above and below, the corners, the sides, far above.

    The first two are pushed back inside the picture. The last two stand over everything, over the
    point or at its left, tied to it by a leader.
    """
    texte, x, y, rayon, corps = repere.texte, repere.x, repere.y, repere.rayon, repere.corps
    gap = rayon + 0.35 * corps
    above, below = y - gap - DESCENT * corps, y + gap + ASCENT * corps
    level, side = y + 0.33 * corps, rayon + 0.3 * corps
    centred = text_box(texte, corps, x, scene.sommet, "middle")
    inside = x + max(0.0, scene.cadre.x0 - centred.x0) - max(0.0, centred.x1 - scene.cadre.x1)
    near = [(inside, above, "middle"), (inside, below, "middle")]
    corners = [
        (x + side, above, "start"),
        (x - side, above, "end"),
        (x + side, below, "start"),
        (x - side, below, "end"),
    ]
    if repere.creux:
        near, corners = near[::-1], corners[2:] + corners[:2]
    for place_x, place_y, anchor in [
        *near,
        *corners,
        (x + side, level, "start"),
        (x - side, level, "end"),
    ]:
        yield _etiquette(texte, corps, place_x, place_y, anchor)
    rappel = Segment(x, scene.sommet + DESCENT * corps + 1, x, repere.tete - rayon - 1)
    half = (centred.x1 - centred.x0) / 2
    for place_x in (inside, max(x - half, scene.cadre.x0 + half)):
        yield _etiquette(texte, corps, place_x, scene.sommet, "middle", rappel)


def _etiquette(texte, corps, x, y, anchor, rappel=None) -> Etiquette:
    return Etiquette(texte, x, y, anchor, text_box(texte, corps, x, y, anchor), rappel)
