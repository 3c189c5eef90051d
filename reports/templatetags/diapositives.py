"""Tags of the printed slides: `{% load diapositives %}`."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ctg_portal.lib import icones
from indicators import charts

from ..deck import slides
from ..deck.axes import CORPS_OUVERTURE, LARGEUR_OUVERTURE
from ..deck.composition import corps_de, titre_de
from ..deck.ouverture import CORPS_OBJET, LARGEUR_OBJET

register = template.Library()

GABARITS = {
    slides.Couverture: "reports/deck/couverture.html",
    slides.Colonnes: "reports/deck/colonnes.html",
    slides.Numerotee: "reports/deck/numerotee.html",
    slides.Frise: "reports/deck/frise.html",
    slides.Chiffres: "reports/deck/chiffres.html",
    slides.OuvertureAxe: "reports/deck/ouverture_axe.html",
    slides.Tableau: "reports/deck/tableau.html",
    slides.Graphique: "reports/deck/graphique.html",
    slides.Photos: "reports/deck/photos.html",
    slides.Fin: "reports/deck/fin.html",
}
TAILLE = 20
#: A drawing takes that width where its height allows, else the next step down.
LARGEUR_DESSIN, PAS_DESSIN = 800, 40
_VIEWBOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SIGNES = {
    "plus": ("plus", "#1d6b3c", "M10 3v14M3 10h14"),
    "moins": ("moins", "#a12a22", "M3 10h14"),
    "alerte": ("attention", "#8a5000", "M10 2.5L18 17H2zM10 8v4M10 14.3v.2"),
}


@register.filter
def gabarit(slide) -> str:
    return GABARITS[type(slide)]


@register.filter
def rang(elements, position: int):
    """The element at that place, from 0."""
    return elements[position]


@register.simple_tag
def classe_titre(slide) -> str:
    """The class that gives a title its body."""
    if isinstance(slide, slides.OuvertureAxe):
        return f"t-{corps_de(slide.titre, CORPS_OUVERTURE, LARGEUR_OUVERTURE)[0]}"
    if isinstance(slide, slides.Couverture):
        return f"t-{corps_de(slide.objet, CORPS_OBJET, LARGEUR_OBJET)[0]}"
    return f"t-{titre_de(slide.titre_complet, slide.surtitre).corps}"


@register.simple_tag
def signe(ligne) -> SafeString:
    """The drawing before a line: its status, a plus, a minus, a warning; nothing otherwise."""
    if ligne.icone:
        return _titled(icones.svg(ligne.icone, taille=TAILLE), ligne.texte)
    if not ligne.signe:
        return SafeString("")
    name, ink, path = _SIGNES[ligne.signe]
    return format_html(
        '<svg viewBox="0 0 20 20" width="20" height="20"><title>{}</title><path d="{}" fill="none"'
        ' stroke="{}" stroke-width="2.6"/></svg>',
        name,
        path,
        ink,
    )


@register.simple_tag
def icone_de(cellule) -> SafeString:
    if not cellule.icone:
        return SafeString("")
    return _titled(icones.svg(cellule.icone, taille=TAILLE), cellule.texte)


@register.simple_tag
def dessin(slide, couleur: str) -> SafeString:
    """The chart of a slide, as wide as its height allows."""
    svg = charts.choisir(slide.serie, "moyen", accent=couleur)
    found = _VIEWBOX.search(svg)
    wide, high = map(float, found.groups())
    room = min(LARGEUR_DESSIN, slide.hauteur * wide / high)
    width = int(room) // PAS_DESSIN * PAS_DESSIN
    return format_html('<div class="dessin l-{}">{}</div>', width, svg)


@register.simple_tag
def dessin_etroit(slide, couleur: str) -> SafeString:
    """The same chart for a phone, on which the slide is laid out anew."""
    svg = charts.choisir(slide.serie, "etroit", accent=couleur)
    return format_html('<div class="dessin etroit">{}</div>', svg)


@register.simple_tag
def rangees(slide) -> SafeString:
    """One row of notches per axe, white on the colour of the cover."""
    rows = slide.rangees
    step = min(38.0, 420 / max(map(len, rows)))
    gap = min(56.0, 300 / len(rows))
    height = gap * 0.72
    body = "".join(
        _cran(ton, rank * step + 1, line * gap + 1, step * 0.74, height)
        for line, row in enumerate(rows)
        for rank, ton in enumerate(row)
    )
    wide, high = step * max(map(len, rows)) + 2, gap * len(rows)
    # Safe: numbers and names of this module; the description is escaped.
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" role="img"><title>{}</title>{}</svg>',
        round(wide, 1),
        round(high, 1),
        round(wide),
        round(high),
        slide.description,
        SafeString(body),
    )


def _cran(ton: str, x: float, y: float, width: float, height: float) -> str:
    fill = "#ffffff" if ton == "oui" else "none"
    dashes = ' stroke-dasharray="4 3"' if ton == "nr" else ""
    box = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5"'
        f' fill="{fill}" stroke="#ffffff" stroke-width="1.5"{dashes}/>'
    )
    if ton != "part":
        return box
    return box + (
        f'<rect x="{x:.1f}" y="{y + height / 2:.1f}" width="{width:.1f}"'
        f' height="{height / 2:.1f}" fill="#ffffff"/>'
    )


def _titled(svg: SafeString, title: str) -> SafeString:
    """An icon named for the PDF engine, which wants a title on every drawing."""
    return SafeString(
        svg.replace('focusable="false">', format_html("><title>{}</title>", title), 1)
    )
