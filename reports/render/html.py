"""The bilan as HTML: the page that is printed, that is shown, and that travels as one file."""

import re

from django.template.loader import render_to_string

from ..polices import POLICE
from ..tree import Bilan
from .mise_en_page import MiseEnPage
from .ressources import MEDIA, STATIC, Ressource, Ressources, pictures_of, style_sheet

# Signs of our own typography that the font of the documents does not draw, and the ones that stand
# for them: no document needs another font for these.
SUBSTITUTIONS = str.maketrans(
    {
        "\u202f": "\u00a0",
        "\u2009": "\u00a0",
        "\u2007": "\u00a0",
        "\u2010": "-",
        "\u2011": "-",
        "\u200b": "",
        "\ufeff": "",
        "→": "–",
    }
)


_BLOCKS = "p|li|td|th|h1|h2|h3|div|figcaption|caption"
_BLOCK_START = re.compile(rf"(<(?:{_BLOCKS})\b[^>]*>)\s+")
_BLOCK_END = re.compile(rf"\s+(</(?:{_BLOCKS})>)")


def render_html(tree: Bilan) -> str:
    """A whole document in one file: style sheet, font and pictures are inside."""
    ressources = Ressources(pictures_of(tree))
    sheet = style_sheet(ressources.open(STATIC + POLICE).data_uri)
    return render_document(
        tree,
        ressources,
        feuille=Ressource(sheet.encode(), "text/css").data_uri,
        picture_url=lambda name: ressources.open(MEDIA + name).data_uri,
    )


def render_for_pdf(tree: Bilan, ressources: Ressources) -> str:
    """The same document for the PDF engine, which is given the sheet and asks for the pictures."""
    return render_document(tree, ressources, feuille="", picture_url=lambda name: MEDIA + name)


def render_document(tree: Bilan, ressources: Ressources, *, feuille: str, picture_url) -> str:
    """The document with its style sheet at the address `feuille`."""
    images = {
        name: picture_url(name) for name in ressources.pictures if ressources.has_picture(name)
    }
    context = {**template_context(tree), "feuille": feuille, "images": images}
    return compact(render_to_string("print.html", context).translate(SUBSTITUTIONS))


def compact(html: str) -> str:
    """Without the white space that templates leave at both ends of a block.

    Browsers ignore it; the PDF engine (WeasyPrint 70) breaks a line after its first word where a
    block begins with a line break and holds an inline element.
    """
    return _BLOCK_END.sub(r"\1", _BLOCK_START.sub(r"\1", html))


def template_context(tree: Bilan) -> dict:
    """What the templates of the bilan need, in the portal or in a document of its own.

    `images` maps the name of a picture to its address. In the portal it is None: the page stays
    light, its captions say where the pictures are.
    """
    return {"bilan": tree, "mise": MiseEnPage(tree), "images": None}
