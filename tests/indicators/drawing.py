"""Reads a chart back from its SVG, so that tests judge what is drawn and not how."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from indicators.charts.geometry import Boite, Segment, circle_box, text_box

SVG = "{http://www.w3.org/2000/svg}"
LINES_UNDER_NO_LABEL = {"g-serie", "g-cible", "g-initiale", "g-fourchette", "g-lien"}
LABELS = {"g-val", "g-cible-t", "g-initiale-t", "g-trou-t"}


@dataclass(frozen=True)
class Texte:
    classe: str
    mots: str
    boite: Boite


class Image:
    """The elements of one chart by kind, in the units of its picture."""

    def __init__(self, svg: str):
        named = svg.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)
        self.root = ElementTree.fromstring(named)  # noqa: S314 — drawn by the test itself
        _, _, self.largeur, self.hauteur = map(float, self.root.get("viewBox").split())
        self.textes = [_text(element) for element in self.root.iter(f"{SVG}text")]
        self.cercles = [
            (element.get("class"), circle_box(*_numbers(element, "cx", "cy", "r")))
            for element in self.root.iter(f"{SVG}circle")
        ]
        self.lignes = [
            (element.get("class"), Segment(*_numbers(element, "x1", "y1", "x2", "y2")))
            for element in self.root.iter(f"{SVG}line")
        ]
        self.rectangles = [
            (element.get("class"), *_numbers(element, "x", "y", "width", "height"))
            for element in self.root.iter(f"{SVG}rect")
        ]

    @property
    def titre(self) -> str:
        return self.root.find(f"{SVG}title").text

    @property
    def description(self) -> str:
        return self.root.find(f"{SVG}desc").text

    def mots(self, classe: str) -> list[str]:
        return [texte.mots for texte in self.textes if texte.classe == classe]

    def classes(self) -> set[str]:
        return {name for e in self.root.iter() for name in (e.get("class") or "").split()}

    def overlaps(self) -> list[str]:
        """Every text that covers another one, a point or a line, or leaves the picture."""
        found = [
            f"« {one.mots} » et « {other.mots} »"
            for one, other in combinations(self.textes, 2)
            if one.boite.meets(other.boite)
        ]
        picture = Boite(-0.1, -0.1, self.largeur + 0.1, self.hauteur + 0.1)
        for texte in self.textes:
            if not picture.holds(texte.boite):
                found.append(f"« {texte.mots} » sort de l’image")
            if texte.classe != "g-note-t":
                found += [
                    f"« {texte.mots} » et un {c}" for c, b in self.cercles if b.meets(texte.boite)
                ]
            if texte.classe in LABELS:
                found += [
                    f"« {texte.mots} » et une ligne {classe}"
                    for classe, segment in self.lignes
                    if classe.split()[0] in LINES_UNDER_NO_LABEL and texte.boite.crossed_by(segment)
                ]
        notes = [box for classe, box in self.cercles if classe == "g-note"]
        found += ["deux notes" for one, other in combinations(notes, 2) if one.meets(other)]
        return found


def _numbers(element, *names: str) -> list[float]:
    return [float(element.get(name)) for name in names]


def _text(element) -> Texte:
    x, y, size = _numbers(element, "x", "y", "font-size")
    box = text_box(element.text, size, x, y, element.get("text-anchor"))
    if element.get("transform"):
        half = (box.x1 - box.x0) / 2
        box = Boite(x - (y - box.y0), y - half, x + (box.y1 - y), y + half)
    return Texte(element.get("class"), element.text, box)
