"""The presentation as 16:9 PDF/UA-1, to be projected as it is."""

from django.template.loader import render_to_string

from ..deck import Deck, build_deck
from ..tree import Bilan
from .html import SUBSTITUTIONS, compact
from .pdf import write_pdf
from .ressources import MEDIA, Ressources, pictures_of

FEUILLE_DECK = "css/deck.css"


def render_deck(tree: Bilan) -> bytes:
    """The slides of a bilan as tagged PDF. Raises PdfUnavailable without Pango."""
    ressources = Ressources(pictures_of(tree))
    deck = build_deck(tree, printable(ressources))
    return write_pdf(deck_html(deck, ressources), ressources, feuille=FEUILLE_DECK)


def printable(ressources: Ressources) -> frozenset[str]:
    """The pictures that can be decoded: a caption is kept for the others."""
    return frozenset(name for name in ressources.pictures if ressources.has_picture(name))


def deck_html(deck: Deck, ressources: Ressources) -> str:
    images = {name: MEDIA + name for name in printable(ressources)}
    html = render_to_string("reports/deck/deck.html", {"deck": deck, "images": images})
    return compact(html.translate(SUBSTITUTIONS))
