"""The bilan as a Word document, to be taken up in a word processor: real styles, native charts."""

import datetime
import io

from ...tree import Bilan


def render_docx(tree: Bilan) -> bytes:
    """The whole bilan: cover, sommaire, cadrage, axes, governance, annexes."""
    import docx
    from docx.oxml import parse_xml

    from .document import write_document
    from .markup import DECLARATIONS, clean
    from .writer import Writer

    document = docx.Document()
    writer = Writer(document, tree)
    write_document(writer)
    body = parse_xml(f"<w:body {DECLARATIONS}>{''.join(writer.body)}</w:body>")
    for child in list(document.element.body):
        document.element.body.remove(child)
    for child in list(body):
        document.element.body.append(child)
    _describe(document, tree, clean)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document, tree: Bilan, clean) -> None:
    """The properties of the file; dated by the bilan, not by the clock."""
    facts = document.core_properties
    moment = datetime.datetime.combine(tree.edite_le, datetime.time())
    facts.title = clean(f"{tree.titre} – CTG {tree.convention.territoire}")[:255]
    facts.author = facts.last_modified_by = clean(tree.convention.territoire)[:255]
    facts.subject = clean(tree.convention.nom)[:255]
    facts.language = "fr-FR"
    facts.comments = facts.keywords = ""
    facts.created = facts.modified = moment
    facts.revision = 1
