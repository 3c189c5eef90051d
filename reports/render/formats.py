"""Every form in which a bilan leaves the portal: one list for the command, the pages, the files."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from ..tree import Bilan, compose


@dataclass(frozen=True, slots=True)
class Format:
    """One form of the bilan.

    `cle` names it in addresses and on the command line, `suffixe` ends the names of its files,
    `usage` tells in a few words what it is for, `nom` what it is ("votre diaporama"). `moteur` is
    the dotted path of its renderer: each loads a library that takes long or may be missing, so it
    is imported when something is drawn.
    """

    cle: str
    label: str
    usage: str
    suffixe: str
    type: str
    moteur: str
    nom: str = "bilan"

    def render(self, tree: Bilan) -> bytes:
        """What is printed of the tree, as a file. Raises PdfUnavailable without its libraries."""
        renderer: Callable[[Bilan], bytes | str] = import_string(self.moteur)
        content = renderer(compose(tree))
        return content.encode() if isinstance(content, str) else content


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS = {
    found.cle: found
    for found in (
        Format(
            "pdf",
            "Document PDF",
            "à imprimer, à joindre, à archiver",
            "pdf",
            "application/pdf",
            "reports.render.pdf.render_pdf",
        ),
        Format(
            "deck",
            "Diaporama PDF",
            "à projeter en séance, tel quel",
            "pdf",
            "application/pdf",
            "reports.render.deck.render_deck",
            "diaporama",
        ),
        Format(
            "pptx",
            "Diaporama PowerPoint",
            "à projeter, et à compléter avant la séance",
            "pptx",
            f"{_OFFICE}.presentationml.presentation",
            "reports.render.pptx.render_pptx",
            "diaporama",
        ),
        Format(
            "docx",
            "Document Word",
            "à reprendre dans un traitement de texte",
            "docx",
            f"{_OFFICE}.wordprocessingml.document",
            "reports.render.docx.render_docx",
        ),
        Format(
            "xlsx",
            "Classeur Excel",
            "une feuille par tableau, avec ses graphiques",
            "xlsx",
            f"{_OFFICE}.spreadsheetml.sheet",
            "reports.render.workbook.render_xlsx",
            "classeur",
        ),
        Format(
            "ods",
            "Classeur ODS",
            "le même classeur pour LibreOffice",
            "ods",
            "application/vnd.oasis.opendocument.spreadsheet",
            "reports.render.workbook.render_ods",
            "classeur",
        ),
        Format(
            "html",
            "Page HTML",
            "un seul fichier, qui s’ouvre hors connexion",
            "html",
            "text/html; charset=utf-8",
            "reports.render.html.render_html",
        ),
    )
}
#: Drawn from the same tree, at an address of its own: for a binder, not for the COPIL.
CLASSEUR = Format(
    "classeur",
    "Classeur des fiches",
    "une feuille par fiche, axe par axe, pour un dossier ou un classeur",
    "pdf",
    "application/pdf",
    "reports.render.feuilles.render_classeur",
    "classeur",
)
#: Everything that can be asked for and drawn out of a request, by its key.
DESSINABLES = {**FORMATS, CLASSEUR.cle: CLASSEUR}
