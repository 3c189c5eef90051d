"""The bilan as PDF/UA-1."""

from collections.abc import Sequence

from ctg_portal.checks import WEASYPRINT_PACKAGES

from ..polices import POLICE, Secours, families, prepare
from ..tree import Bilan
from .html import render_for_pdf
from .ressources import (
    FEUILLE,
    STATIC,
    RessourceRefusee,
    Ressources,
    pictures_of,
    style_sheet,
)

VARIANTE = "pdf/ua-1"
# What a glyph says that its neighbours say already: PDF/UA-1 refuses to be told nothing.
RIEN, RIEN_ECRIT = b"> <>", b"> <200b>"


class PdfUnavailable(Exception):
    """The system libraries of WeasyPrint are missing; the message, in French, says what to type."""


def render_pdf(tree: Bilan) -> bytes:
    """The bilan as tagged PDF/UA-1, fonts embedded. Raises PdfUnavailable without Pango."""
    ressources = Ressources(pictures_of(tree))
    return write_pdf(render_for_pdf(tree, ressources), ressources)


def write_pdf(html: str, ressources: Ressources, *, feuille: str = FEUILLE) -> bytes:
    """A page and its style sheet as tagged PDF/UA-1; nothing but `ressources` is opened."""
    return write_document(lay_out(html, ressources, (feuille,)))


def lay_out(html: str, ressources: Ressources, feuilles: Sequence[str]):
    """The pages of a document under its style sheets: a WeasyPrint Document, not yet written."""
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = make_fetcher(ressources)
    html, secours = prepare(html)
    sheets = [
        weasyprint.CSS(
            string=_with_fonts(style_sheet(STATIC + POLICE, feuille), secours),
            font_config=fonts,
            url_fetcher=fetcher,
        )
        for feuille in feuilles
    ]
    # Drawings name their font too.
    html = html.replace(families(()), families(secours))
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return document.render(
        stylesheets=sheets, font_config=fonts, presentational_hints=False, pdf_variant=VARIANTE
    )


def write_document(document) -> bytes:
    """Laid out pages as tagged PDF/UA-1, fonts embedded."""
    return document.write_pdf(finisher=_complete_texts, pdf_variant=VARIANTE)


def _with_fonts(feuille: str, secours: Sequence[Secours]) -> str:
    """A style sheet that names these fonts after its own."""
    faces = "".join(
        f'@font-face {{ font-family: "{font.famille}"; src: url("{STATIC}{font.fichier}") }}\n'
        for font in secours
    )
    return faces + feuille.replace(families((), '"'), families(secours, '"'))


def _complete_texts(document, pdf) -> None:
    """Give a text to the glyphs that WeasyPrint 70 leaves without one.

    Where one sign takes several glyphs (a letter and its accent, a figure and its key), the first
    is given the whole text and the others an empty one, which makes the table of texts malformed.
    """
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if lines and b"begincmap" in lines:
            item.stream = [
                line.replace(RIEN, RIEN_ECRIT) if isinstance(line, bytes) else line
                for line in lines
            ]


def make_fetcher(ressources: Ressources):
    """WeasyPrint's way to a resource: ours only, everything else is refused unopened."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            try:
                found = ressources.open(url)
            except RessourceRefusee as error:
                raise ValueError(str(error)) from error
            return URLFetcherResponse(url, found.contenu, {"Content-Type": found.type})

    return Fetcher(allowed_protocols=(), allow_redirects=False)


def _weasyprint():
    """Imported on first use: it loads Pango, which may be missing from the machine."""
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as error:
        raise PdfUnavailable(
            "Le PDF ne peut pas être produit : des bibliothèques du système manquent. Sous Debian"
            f" ou Ubuntu : apt-get install {WEASYPRINT_PACKAGES}"
        ) from error
    return weasyprint
