"""Rich texts as paragraphs, lists and tables of a Word document."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .markup import external_link, paragraph, run
from .styles import PUCES
from .tables import Cell, Line, table


@dataclass(slots=True)
class _List:
    """An open list; `number` is its numbering, 0 for bullets."""

    number: int


@dataclass(slots=True)
class _Table:
    lines: list[tuple[bool, list[str]]] = field(default_factory=list)


class RichText(HTMLParser):
    """Reads sanitised HTML and writes Word.

    `link` gives the relation of an address; `new_list` starts a numbered list at the number it
    is given, and gives the number of the list.
    `first` sets the first paragraph apart, as an item: its style, its list (0: bullets), its level.
    """

    def __init__(
        self,
        *,
        style: str,
        width: float,
        link: Callable[[str], str],
        new_list: Callable[[int], int],
        first: tuple[str, int, int] | None = None,
    ):
        super().__init__(convert_charrefs=True)
        self.style, self.width, self._link, self._new_list = style, width, link, new_list
        self._first = first
        self._blocks: list[str] = []
        self._runs: list[str] = []
        self._lists: list[_List] = []
        self._table: _Table | None = None
        self._href = ""
        self._marks = {"bold": 0, "italic": 0}
        self._is_item_open = False

    def blocks(self, html: str) -> str:
        """The paragraphs and tables of a text."""
        self.feed(html)
        self.close()
        self._flush()
        return "".join(self._blocks)

    # --- HTMLParser ---

    def handle_starttag(self, tag, attrs):
        if tag in {"strong", "em"}:
            self._marks[_MARKS[tag]] += 1
        elif tag == "br":
            self._runs.append("<w:r><w:br/></w:r>")
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
        elif tag in {"ul", "ol"}:
            self._flush()
            self._lists.append(_List(self._new_list(_start(attrs)) if tag == "ol" else 0))
        elif tag == "li":
            self._is_item_open = True
        elif tag == "table":
            self._table = _Table()
        elif tag == "tr" and self._table:
            self._table.lines.append((False, []))
        elif tag == "th" and self._table:
            self._table.lines[-1] = (True, self._table.lines[-1][1])

    def handle_endtag(self, tag):
        if tag in {"strong", "em"}:
            self._marks[_MARKS[tag]] -= 1
        elif tag == "a":
            self._href = ""
        elif tag in {"p", "li"}:
            self._flush()
        elif tag in {"ul", "ol"}:
            self._flush()
            self._lists.pop()
        elif tag in {"td", "th"} and self._table:
            self._table.lines[-1][1].append("".join(self._runs))
            self._runs.clear()
        elif tag == "table":
            self._close_table()

    def handle_data(self, data):
        # The parser breaks lines beside the marks of blocks and of line ends: they say nothing.
        data = data.strip("\n")
        marks = {name: bool(depth) for name, depth in self._marks.items()}
        text = data.replace("\n", " ")
        if not text:
            return
        if self._href:
            self._runs.append(
                external_link(self._link(self._href), run(text, style="Hyperlink", **marks))
            )
        else:
            self._runs.append(run(text, **marks))

    # --- Blocks ---

    def _flush(self):
        if not self._runs:
            return
        content = "".join(self._runs)
        self._runs.clear()
        style, properties = self._paragraph_style()
        self._blocks.append(paragraph(content, style, properties=properties))

    def _paragraph_style(self) -> tuple[str, str]:
        """The style of the paragraph that ends, and its place in a list."""
        if self._first:
            (style, number, level), self._first = self._first, None
            self._is_item_open = False
            return style, _place(style, number, level)
        if not self._lists:
            return self.style, ""
        if not self._is_item_open:
            # A second paragraph of the same item: its indent without another bullet.
            return "ListContinue", ""
        self._is_item_open = False
        level, number = min(len(self._lists), 3) - 1, self._lists[-1].number
        if self.style.startswith("Cellule"):
            style = "NumeroCellule" if number else "PuceCellule"
        else:
            style = ("ListNumber" if number else "ListBullet") + (str(level + 1) if level else "")
        return style, _place(style, number, level)

    def _close_table(self):
        found, self._table = self._table, None
        count = max((len(cells) for _, cells in found.lines), default=0)
        if not count:
            return
        lines = [
            Line(
                tuple(
                    Cell(paragraph(content, "Colonne" if is_head else "Cellule"))
                    for content in cells + [""] * (count - len(cells))
                ),
                heading=is_head and rank == 0,
            )
            for rank, (is_head, cells) in enumerate(found.lines)
        ]
        self._blocks.append(
            table(lines, [self.width / count] * count, title="Tableau dans un texte")
        )
        self._blocks.append(paragraph("", "Aprestableau"))


def _start(attrs) -> int:
    """Where a numbered list begins: it may go on after a paragraph."""
    return int(dict(attrs).get("start") or 1)


def _place(style: str, number: int, level: int) -> str:
    """What makes a paragraph an item, beside its style.

    The style of a bullet is enough, except in a cell: a list names one style, that of the text.
    """
    if style == "PuceCellule":
        return numbering(0, PUCES)
    return numbering(level, number) if number else ""


def numbering(level: int, number: int) -> str:
    """The place of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


_MARKS = {"strong": "bold", "em": "italic"}
