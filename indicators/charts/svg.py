"""The elements of a chart: each carries its class for the screen and its attributes for print."""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .geometry import Boite, Segment
from .placement import Etiquette

POLICE = "Atkinson Next, sans-serif"
_VIEWBOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
ENCRE, ENCRE_2, TRAIT, FILET, CREUX, PAPIER = (
    "#1b1e23",
    "#4a5159",
    "#70767e",
    "#dedad1",
    "#f3f1ec",
    "#ffffff",
)


@dataclass(frozen=True, slots=True)
class Teintes:
    """The accent of a convention in print, and its pale form."""

    accent: str
    doux: str


# The closed list of accents (`axes.enums.Accent`), in their light form.
TEINTES = {
    "bleu": Teintes("#14508c", "#e7eff8"),
    "vert": Teintes("#12604f", "#e3f2ed"),
    "prune": Teintes("#7a2f63", "#f8eaf3"),
}


def teintes_of(accent: str) -> Teintes:
    """The two tints of an accent, given by its name or by its hexadecimal code.

    Raises ValueError for a colour that is not in the list: its contrast was never checked.
    """
    for name, teintes in TEINTES.items():
        if accent in {name, teintes.accent}:
            return teintes
    raise ValueError(f"accent inconnu : {accent}")


def _attributes(teintes: Teintes) -> dict[str, str]:
    """Presentation attributes by class: the light look, which the style sheet overrides."""
    line = f'fill="none" stroke="{teintes.accent}" stroke-width="2.5" stroke-linecap="round"'
    bold = f'fill="{ENCRE}" font-weight="600"'
    return {
        "g-axe": f'stroke="{TRAIT}" stroke-width="1"',
        "g-grille": f'stroke="{FILET}" stroke-width="1"',
        "g-an": f'fill="{ENCRE_2}"',
        "g-an-fort": bold,
        "g-val": bold,
        "g-serie": line,
        "g-serie g-prev": f'{line} stroke-dasharray="2 6"',
        "g-serie g-serie-hors": (
            f'fill="none" stroke="{ENCRE_2}" stroke-width="1.75" stroke-linecap="round"'
        ),
        "g-point": f'fill="{teintes.accent}" stroke="{PAPIER}" stroke-width="2"',
        "g-point-prev": f'fill="{PAPIER}" stroke="{teintes.accent}" stroke-width="2.5"',
        "g-hors": f'fill="{ENCRE_2}" stroke="{PAPIER}" stroke-width="2"',
        "g-fourchette": f'stroke="{teintes.accent}" stroke-width="1.5"',
        "g-trou": f'fill="{CREUX}"',
        "g-trou-t": f'fill="{ENCRE_2}"',
        "g-cible": f'stroke="{ENCRE}" stroke-width="1.5" stroke-dasharray="9 5"',
        "g-cible-t": bold,
        "g-initiale-t": f'fill="{ENCRE_2}"',
        "g-initiale": f'stroke="{TRAIT}" stroke-width="1.5" stroke-dasharray="2 4"',
        "g-note": f'fill="{PAPIER}" stroke="{ENCRE}" stroke-width="1.25"',
        "g-note-t": bold,
        "g-barre": f'fill="{teintes.accent}"',
        "g-barre-av": f'fill="{teintes.doux}" stroke="{teintes.accent}" stroke-width="1.25"',
        "g-lien": f'stroke="{TRAIT}" stroke-width="1" stroke-dasharray="1 4"',
    }


@dataclass(slots=True)
class Dessin:
    """Elements in the order in which they are painted."""

    teintes: Teintes
    elements: list[str] = field(default_factory=list)
    _attributes: dict[str, str] = field(init=False)

    def __post_init__(self):
        self._attributes = _attributes(self.teintes)

    def line(self, classe: str, segment: Segment, rang: int | None = None) -> None:
        """A line over everything, or under what was painted after the first `rang` elements."""
        self._add(
            "line",
            classe,
            f'x1="{segment.x0:.1f}" y1="{segment.y0:.1f}"'
            f' x2="{segment.x1:.1f}" y2="{segment.y1:.1f}"',
            rang,
        )

    def circle(self, classe: str, x: float, y: float, rayon: float) -> None:
        self._add("circle", classe, f'cx="{x:.1f}" cy="{y:.1f}" r="{rayon:.1f}"')

    def rect(self, classe: str, boite: Boite) -> None:
        self._add(
            "rect",
            classe,
            f'x="{boite.x0:.1f}" y="{boite.y0:.1f}"'
            f' width="{boite.x1 - boite.x0:.1f}" height="{boite.y1 - boite.y0:.1f}"',
        )

    def text(
        self, classe: str, texte: str, x: float, y: float, corps: float, anchor="start", turn=False
    ) -> None:
        place = f'x="{x:.1f}" y="{y:.1f}" font-size="{corps:g}" text-anchor="{anchor}"'
        if turn:
            place += f' transform="rotate(-90 {x:.1f} {y:.1f})"'
        self.elements.append(
            f'<text class="{classe}" {place} {self._attributes[classe]}>{escape(texte)}</text>'
        )

    def label(self, classe: str, etiquette: Etiquette, corps: float) -> None:
        if etiquette.rappel:
            self.line("g-lien", etiquette.rappel)
        self.text(classe, etiquette.texte, etiquette.x, etiquette.y, corps, anchor=etiquette.anchor)

    def to_svg(
        self, *, classe: str, largeur: float, hauteur: float, titre: str, description: str
    ) -> SafeString:
        """The picture, named by its title, with every value in its description.

        No id: several charts, or the same one twice, may stand on a page.
        """
        titre, description = escape(titre), escape(description)
        body = "".join(self.elements)
        svg = (
            f'<svg class="courbe {classe}" viewBox="0 0 {largeur:g} {hauteur:g}"'
            f' width="{largeur:g}" height="{hauteur:g}" role="img"'
            f' aria-label="{titre}. {description}" font-family="{POLICE}">'
            f"<title>{titre}</title><desc>{description}</desc>{body}</svg>"
        )
        return mark_safe(svg)  # noqa: S308 — every text was escaped as it was added

    def _add(self, element: str, classe: str, place: str, rang: int | None = None) -> None:
        drawn = f'<{element} class="{classe}" {place} {self._attributes[classe]}/>'
        self.elements.insert(len(self.elements) if rang is None else rang, drawn)


def parts_of(svg: str) -> tuple[float, float, str]:
    """Width, height and painted elements of a picture that `Dessin.to_svg` made."""
    head, _, painted = svg.partition("</desc>")
    width, height = map(float, _VIEWBOX.search(head).groups())
    return width, height, painted.removesuffix("</svg>")
