"""A chart as a picture of its own, for a slide or a letter: its name, its key, its notes."""

import re

from django.utils.html import escape

from axes.enums import Accent

from ..series import Serie
from .choice import choisir
from .geometry import Segment, text_width, wrap
from .svg import PAPIER, Dessin, parts_of, teintes_of
from .words import description_of, titre_of

#: Margins and sizes of text, in the units of the chart in its middle format.
MARGE, CORPS_TITRE, CORPS_TEXTE, INTERLIGNE = 32, 20, 14, 1.35
#: The portal's own font is rarely installed elsewhere; Arial is no wider.
POLICE = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, Helvetica, sans-serif"
#: The part of a line that is filled, should the font found be a wider one all the same.
PRUDENCE = 0.85
# What a text may hold and an XML document may not.
REFUSES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def planche(serie: Serie, *, accent: str = Accent.BLEU, source: str = "") -> str:
    """A whole SVG document, in light colours on white; empty where there is nothing to draw.

    It holds no script, no style and no address; `source` is the line under the notes.
    """
    chart = choisir(serie, "moyen", accent=accent)
    if not chart:
        return ""
    width, height, drawn = parts_of(chart)
    dessin = Dessin(teintes_of(accent))
    y = _lines(dessin, "g-an-fort", _titre(serie), CORPS_TITRE, MARGE, width)
    y = _key(dessin, serie, y + 0.5 * CORPS_TEXTE) + CORPS_TEXTE
    dessin.elements.append(f'<g transform="translate({MARGE} {y:.1f})">{drawn}</g>')
    y += height + 0.5 * CORPS_TEXTE
    for rank, note in serie.notes:
        y = _lines(dessin, "g-an", f"{rank}. {note}", CORPS_TEXTE, y, width)
    if source:
        y = _lines(dessin, "g-an", source, CORPS_TEXTE, y + 0.5 * CORPS_TEXTE, width)
    return _document(dessin, serie, width + 2 * MARGE, round(y + MARGE))


def _titre(serie: Serie) -> str:
    return f"{serie.intitule} ({serie.unite})" if serie.unite else serie.intitule


def _lines(dessin: Dessin, classe: str, texte: str, corps: float, y: float, width: float) -> float:
    """Write a text on as many lines as it needs; the height reached."""
    for line in wrap(texte, corps, PRUDENCE * width):
        y += INTERLIGNE * corps
        dessin.text(classe, line, MARGE, y - 0.3 * corps, corps)
    return y


def _key(dessin: Dessin, serie: Serie, y: float) -> float:
    """What the hollow points are, where there are some: the rest is named in the chart."""
    if not serie.previsions:
        return y
    middle, x = y + 0.65 * CORPS_TEXTE, float(MARGE)
    for line, point, words in (
        ("g-serie", "g-point", "valeur constatée"),
        ("g-serie g-prev", "g-point-prev", "valeur prévisionnelle"),
    ):
        dessin.line(line, Segment(x, middle, x + 30, middle))
        dessin.circle(point, x + 15, middle, 5)
        dessin.text("g-an", words, x + 38, middle + 0.33 * CORPS_TEXTE, CORPS_TEXTE)
        x += 38 + text_width(words, CORPS_TEXTE) + 24
    return y + INTERLIGNE * CORPS_TEXTE


def _document(dessin: Dessin, serie: Serie, width: float, height: float) -> str:
    body = "".join(dessin.elements)
    titre, description = escape(titre_of(serie)), escape(description_of(serie))
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-label="{titre}"'
        f' font-family="{POLICE}"><title>{titre}</title><desc>{description}</desc>'
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPIER}"/>{body}</svg>\n'
    )
    return REFUSES.sub("", document)
