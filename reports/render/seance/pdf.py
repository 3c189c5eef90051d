"""A paper of a meeting as PDF/UA-1."""

from django.template.loader import render_to_string

from ...seance.nodes import Convocation, Emargement, Papier, Releve
from ..html import SUBSTITUTIONS, compact
from ..pdf import write_pdf
from ..ressources import MEDIA, Ressources

FEUILLE_SEANCE = "css/seance.css"
TEMPLATES = {
    Convocation: "reports/seance/convocation.html",
    Emargement: "reports/seance/emargement.html",
    Releve: "reports/seance/releve.html",
}


def render_pdf(papier: Papier) -> bytes:
    """The paper as tagged PDF, fonts embedded. Raises PdfUnavailable without Pango."""
    ressources = Ressources(papier.images)
    return write_pdf(papier_html(papier, ressources), ressources, feuille=FEUILLE_SEANCE)


def papier_html(papier: Papier, ressources: Ressources) -> str:
    """The page that is printed; a logo that cannot be read is left out."""
    images = {name: MEDIA + name for name in papier.images if ressources.has_picture(name)}
    context = {"papier": papier, "images": images}
    html = render_to_string(TEMPLATES[type(papier)], context)
    return compact(html.translate(SUBSTITUTIONS))
