"""The icons and notches of the portal as small PNG, for what reads no SVG.

Same shapes, same colours as `ctg_portal.lib.icones` and `ctg_portal.lib.crans`: the shape says
which status, the filling says how much.
"""

import io
from collections.abc import Callable, Iterable
from functools import lru_cache

from ctg_portal.lib.crans import ORDRE, PLEIN, TOTAL_MIN
from ctg_portal.lib.icones import COULEURS, STATUTS

# Drawn large, then reduced: Pillow has no smooth lines of its own.
LISSAGE = 4
COTE_ICONE = 96


class _Pad:
    """A transparent sheet on which lengths are given in the units of the drawing."""

    def __init__(self, width: float, height: float, pixels_per_unit: float):
        from PIL import Image, ImageDraw

        self.scale = pixels_per_unit * LISSAGE
        self.size = round(width * pixels_per_unit), round(height * pixels_per_unit)
        self.image = Image.new(
            "RGBA", (self.size[0] * LISSAGE, self.size[1] * LISSAGE), (255, 255, 255, 0)
        )
        self.draw = ImageDraw.Draw(self.image)

    def _points(self, *values: float) -> list[float]:
        return [value * self.scale for value in values]

    def box(self, x0, y0, x1, y1, *, radius, fill=None, edge=None, thick=1.6):
        """A rectangle with round corners; its edge is drawn astride its outline."""
        half = thick / 2 if edge else 0
        self.draw.rounded_rectangle(
            self._points(x0 - half, y0 - half, x1 + half, y1 + half),
            radius=(radius + half) * self.scale,
            fill=fill,
            outline=edge,
            width=round(thick * self.scale) if edge else 0,
        )

    def dashed_box(self, x0, y0, x1, y1, *, radius, edge, thick=1.6):
        if radius >= (x1 - x0) / 2:
            self._dashed_oval(x0, y0, x1, y1, edge, thick)
            return
        self.box(x0, y0, x1, y1, radius=radius, edge=edge, thick=thick)
        # Holes at even steps along the four sides.
        clear, step = (255, 255, 255, 0), 2.6
        count = max(1, round((x1 - x0 - 2 * step) / (2 * step)))
        for rank in range(count):
            middle = x0 + (x1 - x0) * (rank + 0.5) / count
            for y in (y0, y1):
                self._erase(middle - step / 2, y - thick, middle + step / 2, y + thick, clear)
        count = max(1, round((y1 - y0 - 2 * step) / (2 * step)))
        for rank in range(count):
            middle = y0 + (y1 - y0) * (rank + 0.5) / count
            for x in (x0, x1):
                self._erase(x - thick, middle - step / 2, x + thick, middle + step / 2, clear)

    def _dashed_oval(self, x0, y0, x1, y1, edge, thick):
        frame, half = self._points(x0, y0, x1, y1), thick * self.scale / 2
        outer = [frame[0] - half, frame[1] - half, frame[2] + half, frame[3] + half]
        for start in range(0, 360, 45):
            self.draw.arc(outer, start, start + 26, fill=edge, width=round(2 * half))

    def _erase(self, x0, y0, x1, y1, clear):
        self.draw.rectangle(self._points(x0, y0, x1, y1), fill=clear)

    def half(self, x0, y0, x1, y1, *, radius, fill):
        """The lower half of the same box."""
        from PIL import Image, ImageDraw

        layer = Image.new("RGBA", self.image.size, (255, 255, 255, 0))
        ImageDraw.Draw(layer).rounded_rectangle(
            self._points(x0, y0, x1, y1), radius=radius * self.scale, fill=fill
        )
        top = 0, round((y0 + y1) / 2 * self.scale)
        lower = layer.crop((*top, *layer.size))
        self.image.paste(lower, top, lower)

    def line(self, *points, color, thick):
        self.draw.line(
            self._points(*points), fill=color, width=round(thick * self.scale), joint="curve"
        )

    def polygon(self, *points, fill=None, edge=None, thick=1.6):
        if fill:
            self.draw.polygon(self._points(*points), fill=fill)
        if edge:
            self.line(*points, *points[:4], color=edge, thick=thick)

    def to_png(self) -> bytes:
        buffer = io.BytesIO()
        self.image.resize(self.size).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _status_box(pad: _Pad, ton: str, radius: float) -> None:
    frame, color = (2.5, 2.5, 17.5, 17.5), COULEURS[ton]
    if ton == "nr":
        pad.dashed_box(*frame, radius=radius, edge=color)
        return
    pad.box(*frame, radius=radius, fill=color if ton == "oui" else None, edge=color)
    if ton == "oui":
        pad.line(6, 10.4, 8.8, 13.2, 14.2, 7.4, color=COULEURS["surface"], thick=2)
    elif ton == "part":
        pad.half(*frame, radius=radius, fill=color)
    else:
        pad.line(6.7, 6.7, 13.3, 13.3, color=color, thick=1.8)
        pad.line(13.3, 6.7, 6.7, 13.3, color=color, thick=1.8)


def _a_venir(pad: _Pad) -> None:
    pad.polygon(5.5, 3.4, 16, 10, 5.5, 16.6, edge=COULEURS["nr"])


def _en_cours(pad: _Pad) -> None:
    pad.polygon(5.5, 3.4, 16, 10, 5.5, 16.6, fill=COULEURS["cours"], edge=COULEURS["cours"])


def _en_pause(pad: _Pad) -> None:
    for x in (4.4, 11.4):
        pad.box(x, 3, x + 4.2, 17, radius=0.6, fill=COULEURS["part"])


def _terminee(pad: _Pad) -> None:
    pad.line(5, 18, 5, 2.5, color=COULEURS["oui"], thick=1.6)
    pad.polygon(5, 3.5, 15, 3.5, 12.6, 7.1, 15, 10.7, 5, 10.7, fill=COULEURS["oui"])


def _abandonnee(pad: _Pad) -> None:
    pad.line(4, 4, 16, 16, color=COULEURS["non"], thick=2.4)
    pad.line(16, 4, 4, 16, color=COULEURS["non"], thick=2.4)


def _suivi_nr(pad: _Pad) -> None:
    corners = (10, 2.8), (17.2, 10), (10, 17.2), (2.8, 10)
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        for start, end in ((0.0, 0.3), (0.5, 0.8)):
            pad.line(
                x0 + (x1 - x0) * start,
                y0 + (y1 - y0) * start,
                x0 + (x1 - x0) * end,
                y0 + (y1 - y0) * end,
                color=COULEURS["nr"],
                thick=1.6,
            )


_SUIVI: dict[str, Callable[[_Pad], None]] = {
    "a-venir": _a_venir,
    "en-cours": _en_cours,
    "en-pause": _en_pause,
    "terminee": _terminee,
    "abandonnee": _abandonnee,
    "suivi-nr": _suivi_nr,
}


@lru_cache(maxsize=32)
def status_icon(name: str) -> bytes:
    """The icon of a status as a square PNG. Raises KeyError on a name that `icones` lacks."""
    ton, _ = STATUTS[name]
    pad = _Pad(20, 20, COTE_ICONE / 20)
    if name in _SUIVI:
        _SUIVI[name](pad)
    else:
        _status_box(pad, ton, 1.5 if name.startswith("carre") else 7.5)
    return pad.to_png()


def notches(tons: Iterable[str], *, is_round: bool, total_max: int, width: float) -> bytes:
    """A line of notches, from full to dotted, on a sheet of `width` × 12 units.

    `total_max` is the count of the longest line it is compared with.
    """
    ordered = sorted(tons, key=ORDRE.index)
    step = width / max(total_max, len(ordered), TOTAL_MIN)
    pad = _Pad(width, 12, 4)
    for rank, ton in enumerate(ordered):
        x = rank * step + 0.6
        frame = (x, 1.2, x + step * PLEIN - 0.6, 10.8)
        _notch(pad, ton, frame, radius=min(4.8, (frame[2] - x) / 2) if is_round else 1.2)
    return pad.to_png()


def _notch(pad: _Pad, ton: str, frame, *, radius: float) -> None:
    color = COULEURS[ton]
    if ton == "nr":
        pad.dashed_box(*frame, radius=radius, edge=color, thick=1.2)
        return
    pad.box(*frame, radius=radius, fill=color if ton == "oui" else None, edge=color, thick=1.2)
    if ton == "part":
        pad.half(*frame, radius=radius, fill=color)


def cover_drawing(rows: list[list[str]], ink: str) -> tuple[bytes, float, float]:
    """One line of notches per axe, in the accent alone; also its width and height in units."""
    total = max(map(len, rows))
    step = min(30.5, 460 / total)
    width, height = step * total + 2, 64.0 * len(rows)
    pad = _Pad(width, height, 3)
    for line, tons in enumerate(rows):
        for rank, ton in enumerate(sorted(tons, key=ORDRE.index)):
            x, y = 1 + rank * step, 64 * line + 1.0
            frame = (x, y, x + step * 0.72, y + 46)
            if ton == "nr":
                pad.dashed_box(*frame, radius=1.5, edge=ink, thick=1.3)
                continue
            pad.box(*frame, radius=1.5, fill=ink if ton == "oui" else None, edge=ink, thick=1.3)
            if ton == "part":
                pad.half(*frame, radius=1.5, fill=ink)
    return pad.to_png(), width, height


def flat_color(ink: str) -> bytes:
    """One pixel, to be stretched."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (1, 1), ink).save(buffer, "PNG")
    return buffer.getvalue()
