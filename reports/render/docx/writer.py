"""The document being written: its body as markup, and what its parts share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...tree.nodes import Statut, Texte
from ..mise_en_page import MiseEnPage
from ..ressources import MEDIA, Ressources
from . import pictures
from .charts import Chart, chart_markup, chart_workbook
from .drawings import status_icon
from .markup import bookmark, clean, field, paragraph, run, twips
from .rich_text import RichText, numbering
from .styles import NUMEROS, PUCES
from .stylesheet import add_numbered_list, write_short_titles, write_stylesheet
from .tables import LARGEUR

# The names under which Word counts pictures, charts and tables.
PHOTO, GRAPHIQUE, TABLEAU = "Photo", "Graphique", "Tableau"
TITRE_COURANT = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the sommaire."""

    level: int
    text: str
    bookmark: str


class Writer:
    """Writes one document. `add` appends markup to the body, the other methods make it.

    `tree` is a bilan or a paper of a meeting: only its `titre` and its `convention` are read here.
    """

    def __init__(self, document, tree, pictures: frozenset[str]):
        self.document, self.tree = document, tree
        self.ressources = Ressources(pictures)
        self.headings: list[Heading] = []
        self.body: list[str] = []
        self._counts = {PHOTO: 0, GRAPHIQUE: 0, TABLEAU: 0}
        self._drawings = 0
        self._bookmarks: set[str] = set()
        self._lists = max(PUCES, NUMEROS)
        self._links: dict[str, str] = {}
        self._relations: dict[bytes, str] = {}
        write_stylesheet(document, tree.convention.couleur)

    @cached_property
    def mise(self) -> MiseEnPage:
        """The layout of a bilan; a paper has none."""
        return MiseEnPage(self.tree)

    def add(self, *markup: str) -> None:
        self.body.extend(filter(None, markup))

    def tighten(self) -> None:
        """Give the titles of the parts less room, and space above: they share their pages."""
        write_short_titles(self.document)

    # --- Texts ---

    def text(self, text: str, style: str = "") -> None:
        self.add(paragraph(run(text), style))

    def rich(self, texte: Texte, style: str = "", width: float = LARGEUR) -> str:
        """A rich text as paragraphs, lists and tables."""
        reader = RichText(style=style, width=width, link=self.link, new_list=self.new_list)
        return reader.blocks(texte.html)

    def item(self, texte: Texte, *, level: int = 0, number: int = 0) -> str:
        """A rich text as one item of a list: a bullet, or the next of the numbered list."""
        rank = min(level, 2)
        first = (
            (f"ListNumber{rank + 1 if rank else ''}", number, rank)
            if number
            else (f"ListBullet{rank + 1 if rank else ''}", 0, rank)
        )
        reader = RichText(
            style="ListContinue",
            width=LARGEUR,
            link=self.link,
            new_list=self.new_list,
            first=first,
        )
        return reader.blocks(texte.html)

    def bullet_in_cell(self, texte: Texte) -> str:
        """A rich text as one bullet of a cell."""
        reader = RichText(
            style="Cellule",
            width=LARGEUR,
            link=self.link,
            new_list=self.new_list,
            first=("PuceCellule", 0, 0),
        )
        return reader.blocks(texte.html)

    def numbered(self, content: str, number: int) -> str:
        """The next item of a numbered list."""
        return paragraph(content, "ListNumber", properties=numbering(0, number))

    def heading(self, level: int, text: str, *, anchor: str = "", style: str = "", code: str = ""):
        """A heading of the sommaire, when its style is a built-in one of the first three levels.

        `code` stands before the text, in the style of codes.
        """
        style = style or f"Heading{level}"
        words = f"{code} {text}" if code else text
        content = (run(f"{code} ", color=self.accent) if code else "") + run(text)
        if level <= 3 and style == f"Heading{level}":
            name = self._bookmark_name(anchor or f"titre-{len(self.headings) + 1}")
            self.headings.append(Heading(level, words, name))
            content = bookmark(name, len(self._bookmarks), content)
        self.add(paragraph(content, style))

    @property
    def accent(self) -> str:
        from indicators.charts.svg import teintes_of

        return teintes_of(self.tree.convention.couleur).accent

    def _bookmark_name(self, anchor: str) -> str:
        """Word wants letters, figures and underscores, at most 40, and no name twice."""
        start = re.sub(r"\W", "_", anchor, flags=re.ASCII)[:32]
        name, rank = start, 1
        while name in self._bookmarks:
            rank += 1
            name = f"{start}_{rank}"
        self._bookmarks.add(name)
        return name

    def link(self, address: str) -> str:
        """The relation of an external address."""
        from docx.opc.constants import RELATIONSHIP_TYPE as RT

        if address not in self._links:
            self._links[address] = self.document.part.relate_to(
                clean(address), RT.HYPERLINK, is_external=True
            )
        return self._links[address]

    def new_list(self, start: int = 1) -> int:
        """Start a numbered list, whose first item has this number, and give its own."""
        self._lists += 1
        add_numbered_list(self.document, self._lists, start)
        return self._lists

    def caption(self, label: str, text: str, style: str = "Caption") -> str:
        """ "Photo 3. …": the number is a field."""
        self._counts[label] += 1
        number = field(f"SEQ {label} \\* ARABIC", str(self._counts[label]))
        return paragraph(f"{run(f'{label} ')}{number}{run(f'. {text}')}", style)

    # --- Statuses and pictures ---

    def status(self, statut: Statut) -> str:
        """A status in full: its icon, which says nothing that the words do not say, then words."""
        return self.icon(statut) + self.status_words(statut)

    def status_words(self, statut: Statut) -> str:
        if statut.ton == "nr":
            return run(f"\u00a0{statut.label}", color="#4a5159")
        return run(f"\u00a0{statut.label}", bold=True)

    def icon(self, statut: Statut) -> str:
        return self.picture(status_icon(statut.icone), pictures.Size(3, 3), "", lowered=True)

    def picture(self, content: bytes, size: pictures.Size, alt: str, *, lowered=False) -> str:
        return pictures.inline_picture(
            self.relation(content), self.number(), size, alt, lowered=lowered
        )

    def relation(self, content: bytes) -> str:
        """The relation of a picture, which the file holds once."""
        import io

        if content not in self._relations:
            relation, _ = self.document.part.get_or_add_image(io.BytesIO(content))
            self._relations[content] = relation
        return self._relations[content]

    def number(self) -> int:
        self._drawings += 1
        return self._drawings

    def media(self, name: str) -> bytes | None:
        """A picture of the convention at the size of print, None if it cannot be printed."""
        if not name or not self.ressources.has_picture(name):
            return None
        return self.ressources.open(MEDIA + name).contenu

    def chart(self, chart: Chart, size: pictures.Size) -> str:
        """A run with a native chart."""
        from docx.opc.constants import CONTENT_TYPE as CT
        from docx.opc.constants import RELATIONSHIP_TYPE as RT
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package, rank = self.document.part.package, self._counts[GRAPHIQUE] + 1
        part = Part(PackURI(f"/word/charts/chart{rank}.xml"), CT.DML_CHART, b"", package)
        workbook = Part(
            PackURI(f"/word/embeddings/Feuille{rank}.xlsx"),
            CT.SML_SHEET,
            chart_workbook(chart),
            package,
        )
        relation = part.relate_to(workbook, RT.PACKAGE)
        part._blob = chart_markup(chart, self.tree.convention.couleur, relation)
        return pictures.inline_chart(
            self.document.part.relate_to(part, RT.CHART), self.number(), size, chart.description
        )

    # --- Sections ---

    def end_section(self, running_title: str) -> None:
        """Close the part that was written: the next one begins a page."""
        self._close(self._running(running_title))

    def end_cover(self, foot: Iterable[str]) -> None:
        """Close the cover; `foot` are the paragraphs at the bottom of its page."""
        relation = self._margin_part("footer", "".join(foot))
        self._close(f'<w:footerReference w:type="default" r:id="{relation}"/>')

    def _close(self, margins: str) -> None:
        """Its last paragraph carries a section: one of its own could fall on an empty page."""
        last = self.body[-1]
        place = last.index("</w:pPr>", last.rindex("<w:p>"))
        section = f"<w:sectPr>{margins}{_PAGE}</w:sectPr>"
        self.body[-1] = last[:place] + section + last[place:]

    def last_section(self, running_title: str) -> str:
        """The properties that end the body: those of its last part."""
        return f"<w:sectPr>{self._running(running_title)}{_PAGE}</w:sectPr>"

    def only_section(self, name: str, running_title: str, foot: str) -> str:
        """The properties that end a document in one part: its first page has no running title."""
        relation = self._margin_part("footer", _numbered_foot(foot))
        return (
            f"<w:sectPr>{self._head(name, running_title)}"
            f'<w:footerReference w:type="default" r:id="{relation}"/>'
            f'<w:footerReference w:type="first" r:id="{relation}"/>{_PAGE}<w:titlePg/></w:sectPr>'
        )

    def _running(self, title: str) -> str:
        tree = self.tree
        place = f"{_cut(tree.convention.territoire, 50)} · {_cut(tree.convention.nom)}"
        relation = self._margin_part("footer", _numbered_foot(place))
        return (
            f"{self._head(tree.titre[:TITRE_COURANT], title)}"
            f'<w:footerReference w:type="default" r:id="{relation}"/>'
        )

    def _head(self, name: str, title: str) -> str:
        content = paragraph(run(f"{name}\t{_cut(title)}"), "Header")
        relation = self._margin_part("header", content)
        return f'<w:headerReference w:type="default" r:id="{relation}"/>'

    def _margin_part(self, kind: str, content: str) -> str:
        from docx.oxml import parse_xml

        from .markup import DECLARATIONS

        add = {
            "header": self.document.part.add_header_part,
            "footer": self.document.part.add_footer_part,
        }
        part, relation = add[kind]()
        for child in list(part.element):
            part.element.remove(child)
        for child in list(parse_xml(f"<w:body {DECLARATIONS}>{content}</w:body>")):
            part.element.append(child)
        return relation


def _numbered_foot(text: str) -> str:
    return paragraph(
        run(f"{text}\t") + field("PAGE", "1") + run(" / ") + field("NUMPAGES", "1"), "Footer"
    )


def _cut(text: str, length: int = TITRE_COURANT) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


_PAGE = (
    '<w:type w:val="nextPage"/>'
    f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/>'
    f'<w:pgMar w:top="{twips(27)}" w:right="{twips(20)}" w:bottom="{twips(24)}"'
    f' w:left="{twips(24)}" w:header="{twips(13)}" w:footer="{twips(12)}" w:gutter="0"/>'
)
