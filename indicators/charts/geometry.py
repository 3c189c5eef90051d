"""Boxes, segments and the width of a text: what the placement of labels measures with."""

from dataclasses import dataclass

# Advance widths of Atkinson Hyperlegible Next, weight 600, proportional figures, in em, rounded up.
_FIGURES = (0.66, 0.44, 0.58, 0.60, 0.63, 0.61, 0.63, 0.54, 0.63, 0.59)
_ADVANCES = {
    **{str(figure): width for figure, width in enumerate(_FIGURES)},
    **dict.fromkeys(" \u00a0\u202f", 0.31),
    **dict.fromkeys(",.:;’'", 0.26),
    **dict.fromkeys("ijlI", 0.33),
    **dict.fromkeys("frt-(/)", 0.40),
    **dict.fromkeys("abcdeghknopqsuvxyzàâçéèêëîïôùûü", 0.59),
    **dict.fromkeys("mwœMW%", 0.95),
}
_WIDEST_CAPITAL = 0.76
ASCENT, DESCENT = 0.76, 0.22


@dataclass(frozen=True, slots=True)
class Boite:
    """A rectangle, from its upper left to its lower right corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Boite") -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def widened(self, dx: float, dy: float) -> "Boite":
        return Boite(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def holds(self, other: "Boite") -> bool:
        return (
            self.x0 <= other.x0
            and self.y0 <= other.y0
            and other.x1 <= self.x1
            and other.y1 <= self.y1
        )

    def crossed_by(self, segment: "Segment") -> bool:
        """True if some part of the segment lies inside (Liang and Barsky's clipping)."""
        dx, dy = segment.x1 - segment.x0, segment.y1 - segment.y0
        enter, leave = 0.0, 1.0
        for delta, near, far in (
            (dx, self.x0 - segment.x0, self.x1 - segment.x0),
            (dy, self.y0 - segment.y0, self.y1 - segment.y0),
        ):
            if delta == 0:
                if near >= 0 or far <= 0:
                    return False
                continue
            first, second = sorted((near / delta, far / delta))
            enter, leave = max(enter, first), min(leave, second)
        return enter < leave


@dataclass(frozen=True, slots=True)
class Segment:
    x0: float
    y0: float
    x1: float
    y1: float


def text_width(text: str, size: float) -> float:
    """Width of a text set in the portal's font, never less than it really takes."""
    return size * sum(_ADVANCES.get(char, _WIDEST_CAPITAL) for char in text)


def wrap(text: str, size: float, width: float) -> list[str]:
    """The words of a text on as many lines as the width asks for; a longer word has its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_box(text: str, size: float, x: float, y: float, anchor: str) -> Boite:
    """The box of a text whose baseline passes at `y`, anchored as in SVG."""
    width = text_width(text, size)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Boite(left, y - ASCENT * size, left + width, y + DESCENT * size)


def circle_box(x: float, y: float, radius: float) -> Boite:
    return Boite(x - radius, y - radius, x + radius, y + radius)
