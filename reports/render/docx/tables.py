"""Tables of the Word document: headings repeated on each page, short rows never cut."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .markup import attribute, paragraph, run, twips

LARGEUR = 166.0
#: Beyond that many signs in a cell, a row may run over a page: it could be longer than one.
SIGNES_INSECABLES = 1200


@dataclass(frozen=True, slots=True)
class Cell:
    """`content` is made of paragraphs and tables; `span` counts the columns that it covers."""

    content: str
    span: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row. `heading` repeats it on each page, `with_next` keeps it on the page of the next.

    `height` is the least it takes, in millimetres: room to write by hand. `flows` lets it begin on
    a page and end on the next.
    """

    cells: tuple[Cell, ...]
    heading: bool = False
    with_next: bool = False
    height: float = 0
    flows: bool = False


def text_cell(text: str, style: str = "Cellule", **marks) -> Cell:
    return Cell(paragraph(run(text, **marks), style))


def heading_line(names: Iterable[str], *, numbers_from: int | None = None) -> Line:
    """The row of the column names; from column `numbers_from` on they stand at the right."""
    return Line(
        tuple(
            text_cell(
                name,
                "ColonneChiffre"
                if numbers_from is not None and rank >= numbers_from
                else "Colonne",
            )
            for rank, name in enumerate(names)
        ),
        heading=True,
    )


def together(lines: Sequence[Line], *, most: int = 12) -> list[Line]:
    """The rows of a short table on one page; of a longer one, the last two."""
    first = 0 if len(lines) <= most else len(lines) - 2
    return [
        replace(line, with_next=True) if first <= rank < len(lines) - 1 else line
        for rank, line in enumerate(lines)
    ]


def table(
    lines: Sequence[Line],
    widths: Sequence[float],
    *,
    style: str = "TableauCTG",
    title: str,
    description: str = "",
    indent: float = 0,
) -> str:
    """A table with columns of these widths, in millimetres, and its alternative text."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    is_headed = bool(lines) and lines[0].heading
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0620" if is_headed else "0600"}"'
        f' w:firstRow="{int(is_headed)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(title)}/>"
        + (f"<w:tblDescription w:val={attribute(description)}/>" if description else "")
        + f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(_row(line, widths) for line in lines)
        + "</w:tbl>"
    )


def _row(line: Line, widths: Sequence[float]) -> str:
    properties = "" if line.flows or _is_long(line) else "<w:cantSplit/>"
    if line.heading:
        properties += "<w:tblHeader/>"
    if line.height:
        properties += f'<w:trHeight w:val="{twips(line.height)}" w:hRule="atLeast"/>'
    cells, column = [], 0
    for cell in line.cells:
        width = sum(map(twips, widths[column : column + cell.span]))
        column += cell.span
        cells.append(_cell(cell, width, with_next=line.with_next or line.heading))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, *, with_next: bool) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.shaded:
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="F3F1EC"/>'
    content = cell.content
    # A cell ends with a paragraph, or the document does not open.
    if not content.endswith("</w:p>"):
        content += paragraph("", "Cellule")
    if with_next:
        content = re.sub(r'(<w:p><w:pPr>(?:<w:pStyle w:val="\w+"/>)?)', r"\1<w:keepNext/>", content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _is_long(line: Line) -> bool:
    return any(_signs(cell.content) > SIGNES_INSECABLES for cell in line.cells)


def _signs(content: str) -> int:
    return sum(map(len, re.findall(r"<w:t [^>]*>([^<]*)", content)))
