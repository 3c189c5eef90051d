"""The drawing surface, the palette and the parts shared by the illustrations of the demo."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1066
SCALE = 2  # drawn twice as large, then reduced: Pillow does not smooth edges itself

CREAM, PAPER, SAND = "#f6efe0", "#fbf8f0", "#e8d9b8"
OCHRE, AMBER, RUST, BRICK = "#d9a441", "#eec170", "#b8663a", "#9c4a2f"
MIST, SAGE, LEAF, MOSS, PINE, NIGHT = (
    "#c9dcd3",
    "#a3c4a8",
    "#7aa874",
    "#55875c",
    "#2f5d50",
    "#1d3a3f",
)
SKY, POND, RIVER, DENIM = "#cfe4ea", "#8fbfcb", "#5b9bb0", "#2f6583"
ROSE, WOOD, BARK, INK = "#e3a08c", "#c99a66", "#8a6038", "#33423f"

Point = tuple[float, float]


class Picture:
    """A drawing surface in picture units (1600 × 1066), saved as JPEG."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), background)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, colour: str, radius: float = 0) -> None:
        """Fill a rectangle given by its top left corner, with rounded corners if wished."""
        corners = [v * SCALE for v in (x, y, x + w, y + h)]
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=colour)

    def disc(self, x: float, y: float, rx: float, colour: str, ry: float | None = None) -> None:
        """Fill an ellipse given by its centre."""
        ry = rx if ry is None else ry
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=colour)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def path(self, points: Sequence[Point], width: float, colour: str) -> None:
        """Stroke a line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def sky(self, top: str, bottom: str, height: float = HEIGHT) -> None:
        """Fill the upper part with a vertical gradient."""
        ramp = Image.linear_gradient("L").resize((WIDTH * SCALE, round(height * SCALE)))
        low, high = (Image.new("RGB", ramp.size, colour) for colour in (bottom, top))
        self.image.paste(Image.composite(low, high, ramp), (0, 0))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: int = 120) -> None:
        """Lay a soft halo of light."""
        mask = Image.new("L", (WIDTH // 2, HEIGHT // 2))
        edges = [v / 2 for v in (x - radius, y - radius, x + radius, y + radius)]
        ImageDraw.Draw(mask).ellipse(edges, fill=strength)
        mask = mask.filter(ImageFilter.GaussianBlur(radius / 5)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def veil(self, points: Sequence[Point], colour: str, strength: int) -> None:
        """Lay a translucent polygon."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=strength)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def save(self, path: Path) -> None:
        """Write the reduced picture."""
        reduced = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        reduced.save(path, "JPEG", quality=76, optimize=True, progressive=True)


def seeded(number: int) -> random.Random:
    """Return a generator that scatters flowers or books the same way every time."""
    return random.Random(number)  # noqa: S311 - decoration, nothing is kept secret with it


def smooth(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """Return a Catmull-Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * q
                        + (r - p) * t
                        + (2 * p - 5 * q + 4 * r - s) * t * t
                        + (3 * q - p - 3 * r + s) * t**3
                    )
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return [*curve, points[-1]]


def rotated(x: float, y: float, w: float, h: float, degrees: float) -> list[Point]:
    """Return the corners of a rectangle turned round its centre."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = ((-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2))
    return [(x + dx * cos - dy * sin, y + dx * sin + dy * cos) for dx, dy in corners]


def crest(base: float, height: float, phase: float, x: float) -> float:
    """Return the height of a hill line at x."""
    return base - height * (math.sin(x / 310 + phase) + 0.45 * math.sin(x / 137 + phase * 2.3))


def hills(picture: Picture, base: float, height: float, phase: float, colour: str) -> None:
    """Fill a line of hills down to the bottom edge."""
    line = [(x, crest(base, height, phase, x)) for x in range(-10, WIDTH + 20, 8)]
    picture.shape([*line, (WIDTH + 10, HEIGHT), (-10, HEIGHT)], colour)


def house(picture: Picture, x: float, y: float, size: float, wall: str, roof: str) -> None:
    """Draw a house whose floor stands at y."""
    top = y - size * 0.8
    picture.box(x, top, size, size * 0.8, wall)
    picture.shape(
        [(x - size * 0.12, top), (x + size * 0.5, top - size * 0.5), (x + size * 1.12, top)], roof
    )
    picture.box(x + size * 0.2, y - size * 0.55, size * 0.2, size * 0.24, DENIM)
    picture.box(x + size * 0.58, y - size * 0.46, size * 0.22, size * 0.46, BARK)


def village(picture: Picture, x: float, y: float, size: float) -> None:
    """Draw a church and a few houses round it."""
    picture.box(x + size * 1.9, y - size * 2.1, size * 0.6, size * 2.1, PAPER)
    picture.shape(
        [
            (x + size * 1.8, y - size * 2.1),
            (x + size * 2.2, y - size * 3.2),
            (x + size * 2.6, y - size * 2.1),
        ],
        RUST,
    )
    walls = (CREAM, SAND, PAPER, CREAM)
    for index, (dx, dy, scale) in enumerate(
        ((0.9, -0.1, 1), (2.4, -0.1, 1.1), (0, 0.25, 0.9), (1.6, 0.35, 1.05))
    ):
        roof = (RUST, BRICK)[index % 2]
        house(picture, x + size * dx, y + size * dy, size * scale, walls[index], roof)


def tree(picture: Picture, x: float, y: float, size: float, colour: str = MOSS) -> None:
    """Draw a round tree whose foot stands at y."""
    picture.box(x - size * 0.06, y - size * 0.6, size * 0.12, size * 0.6, BARK)
    picture.disc(x, y - size * 0.85, size * 0.38, colour, size * 0.45)
    picture.disc(x - size * 0.12, y - size * 0.95, size * 0.18, LEAF, size * 0.22)


def bunting(picture: Picture, points: Sequence[Point], size: float) -> None:
    """Hang a string of flags along a curve."""
    curve = smooth(points)
    picture.path(curve, 3, INK)
    for index, (x, y) in enumerate(curve[6::13]):
        colour = (OCHRE, RIVER, RUST, LEAF)[index % 4]
        picture.shape([(x - size / 2, y), (x + size / 2, y), (x, y + size * 1.2)], colour)


def seated(picture: Picture, x: float, y: float, size: float, colour: str, skin: str) -> None:
    """Draw a faceless seated person whose lap stands at y."""
    picture.box(x - size * 0.36, y - size * 0.75, size * 0.72, size * 0.9, colour, size * 0.34)
    picture.disc(x, y - size * 0.98, size * 0.25, skin)


def window(picture: Picture, x: float, y: float, w: float, h: float) -> None:
    """Draw a window that opens on the hills."""
    picture.box(x - 14, y - 14, w + 28, h + 28, PAPER, 8)
    picture.box(x, y, w, h, SKY)
    for level, bend, colour in ((0.42, 2.2, SAGE), (0.66, 4.1, LEAF)):
        ridge = [
            (x + w * t / 20, y + h * (level - 0.12 * math.sin(bend + t / 5))) for t in range(21)
        ]
        picture.shape([*ridge, (x + w, y + h), (x, y + h)], colour)
    picture.box(x - 22, y + h, w + 44, 16, PAPER, 4)
    picture.box(x + w / 2 - 5, y, 10, h, PAPER)
