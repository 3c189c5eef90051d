"""The notches: one per fiche, the mark that runs through the portal and its documents.

A line of notches is sorted from full to dotted and has the same notch width in every axe of a
convention, so that the lengths of two axes compare. Classes are coloured by the style sheet of
the site, presentation attributes by the PDF engine (see `icones`).
"""

from collections.abc import Iterable
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString

from .icones import COULEURS

Ton = Literal["oui", "part", "non", "nr"]
Forme = Literal["carre", "rond"]

#: Full first, dotted last: the order in which a line of notches is read.
ORDRE: tuple[Ton, ...] = ("oui", "part", "non", "nr")
#: Under this number of fiches, notches stop growing: three huge blocks would shout.
TOTAL_MIN = 12
HAUTEUR = 12
#: The part of a step that is drawn; the rest is the gap.
PLEIN = 0.865

_COULEURS = {
    "oui": f'class="c-oui" fill="{COULEURS["oui"]}" stroke="{COULEURS["oui"]}"',
    "part": f'class="c-part-b" fill="{COULEURS["part-doux"]}" stroke="{COULEURS["part"]}"',
    "non": f'class="c-non" fill="{COULEURS["surface"]}" stroke="{COULEURS["non"]}"',
    "nr": f'class="c-nr" fill="none" stroke="{COULEURS["nr"]}" stroke-dasharray="2 2"',
}
_RAYON = {"carre": 1.2, "rond": 5.4}


def trier(tons: Iterable[Ton]) -> list[Ton]:
    """The tones from full to dotted."""
    return sorted(tons, key=ORDRE.index)


def crans_svg(
    tons: list[Ton],
    forme: Forme,
    titre: str,
    total_max: int,
    *,
    largeur: int | None = None,
) -> SafeString:
    """One notch per tone, in the order given; the drawing is named by `titre`.

    `total_max` is the count of the longest line it is compared with. Without `largeur` the line
    fills the width it is given (percentages); with it, it is drawn on a grid of that many units,
    which an engine without a layout needs. No tone gives an empty, still named drawing.
    """
    total = max(total_max, len(tons), TOTAL_MIN)
    echelle, unite = (largeur, "") if largeur else (100, "%")
    pas = echelle / total
    corps = "".join(
        _cran(ton, forme, position * pas, pas * PLEIN, unite) for position, ton in enumerate(tons)
    )
    grille = f'viewBox="0 0 {largeur} {HAUTEUR}" width="{largeur}"' if largeur else 'width="100%"'
    # Safe: numbers, constants of this module and an escaped title.
    return SafeString(
        f'<svg class="crans" {grille} height="{HAUTEUR}" role="img">'
        f"<title>{escape(titre)}</title>{corps}</svg>"
    )


def _cran(ton: Ton, forme: Forme, x: float, width: float, unite: str) -> str:
    rayon = _RAYON[forme]
    bord = (
        f'<rect x="{x:.3f}{unite}" y="0.6" width="{width:.3f}{unite}" height="10.8" rx="{rayon}"'
        f' stroke-width="1.2" {_COULEURS[ton]}/>'
    )
    if ton != "part":
        return bord
    retrait = width * 0.073 if forme == "rond" else 0
    hauteur, arrondi = (5.1, 2.7) if forme == "rond" else (5.4, 0.6)
    return bord + (
        f'<rect x="{x + retrait:.3f}{unite}" y="6" width="{width - 2 * retrait:.3f}{unite}"'
        f' height="{hauteur}" rx="{arrondi}" class="c-part" fill="{COULEURS["part"]}"/>'
    )


def _crans_vides(total: int) -> SafeString:
    pas = 100 / total
    corps = "".join(_cran("nr", "carre", rang * pas, pas * PLEIN, "%") for rang in range(total))
    return SafeString(
        f'<svg class="crans" width="176" height="{HAUTEUR}" aria-hidden="true" focusable="false">'
        f"{corps}</svg>"
    )


#: Decoration of the empty states: it counts nothing and names nothing.
CRANS_VIDES = _crans_vides(6)
