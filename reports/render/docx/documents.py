"""Photos, files and links; a caption whose picture is missing stays."""

from collections.abc import Sequence

from ...tree.nodes import Document
from .markup import external_link, paragraph, run
from .pictures import Size
from .tables import Cell, Line, table
from .writer import PHOTO, Writer

#: Width of a photo alone, and of one beside another.
SEULE, DOUBLE = 100.0, 79.0


def write_documents(writer: Writer, documents: Sequence[Document]) -> None:
    """The photos, two by two, then the captions, files and links."""
    photos = [(found, writer.media(found.image)) for found in documents]
    printed = [(found, content) for found, content in photos if content]
    if len(printed) == 1:
        writer.add(_photo(writer, *printed[0], SEULE))
    elif printed:
        _write_pairs(writer, printed)
    for found, content in photos:
        if not content:
            writer.add(paragraph(_line(writer, found)))


def _write_pairs(writer: Writer, printed) -> None:
    lines = []
    for rank in range(0, len(printed), 2):
        cells = [Cell(_photo(writer, *photo, DOUBLE)) for photo in printed[rank : rank + 2]]
        cells += [Cell(paragraph("", "Cellule"))] * (2 - len(cells))
        lines.append(Line(tuple(cells)))
    writer.add(
        table(lines, [83, 83], style="TableauNu", title="Photos"), paragraph("", "Aprestableau")
    )


def _photo(writer: Writer, found: Document, content: bytes, width: float) -> str:
    size = Size.of_pixels(content, max_width=width, max_height=95)
    picture = writer.picture(content, size, found.alt or found.legende or "Photo")
    credit = f" © {found.credit}" if found.credit else ""
    return paragraph(picture, "Image") + writer.caption(PHOTO, f"{found.legende}{credit}")


def _line(writer: Writer, found: Document) -> str:
    text = found.legende + (f" (© {found.credit})" if found.credit else "")
    if found.lien:
        link = external_link(writer.link(found.lien), run(found.lien, style="Hyperlink"))
        return run(f"{text} : ") + link
    if found.fichier:
        return run(f"{text} (fichier {found.fichier})")
    return run(f"{text} ({found.absence})")
