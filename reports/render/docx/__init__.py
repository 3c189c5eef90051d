"""The bilan as a Word document, to be taken up in a word processor: real styles, native charts."""

import datetime
import io
from collections.abc import Callable

from ...tree import Bilan
from ..ressources import pictures_of


def render_docx(tree: Bilan) -> bytes:
    """The whole bilan: cover, sommaire, cadrage, axes, governance, annexes."""
    from .document import write_document

    return written(tree, pictures_of(tree), write_document)


def written(tree, pictures: frozenset[str], write: Callable) -> bytes:
    """The file whose body `write` puts into the Writer that it is given.

    `tree` is a bilan, or anything that has its `titre`, `convention` and `edite_le`; `pictures` are
    the names of those that it may print.
    """
    import docx
    from docx.oxml import parse_xml

    from .markup import DECLARATIONS, clean
    from .writer import Writer

    document = docx.Document()
    writer = Writer(document, tree, pictures)
    write(writer)
    body = parse_xml(f"<w:body {DECLARATIONS}>{''.join(writer.body)}</w:body>")
    for child in list(document.element.body):
        document.element.body.remove(child)
    for child in list(body):
        document.element.body.append(child)
    _describe(document, tree, clean)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document, tree, clean) -> None:
    """The properties of the file; dated by the tree, not by the clock."""
    facts = document.core_properties
    moment = datetime.datetime.combine(tree.edite_le, datetime.time())
    facts.title = clean(f"{tree.titre} – CTG {tree.convention.territoire}")[:255]
    facts.author = facts.last_modified_by = clean(tree.convention.territoire)[:255]
    facts.subject = clean(tree.convention.nom)[:255]
    facts.language = "fr-FR"
    facts.comments = facts.keywords = ""
    facts.created = facts.modified = moment
    facts.revision = 1
