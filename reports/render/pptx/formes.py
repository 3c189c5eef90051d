"""Native shapes: text in placeholders, rules, rows of notches, tables, alternative texts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...deck.slides import Colonne, Ligne
from ...deck.tableaux import BLANC_LIGNE
from ..html import SUBSTITUTIONS
from .modele import ENCRE, FILET, GRIS, TONS, Cadre
from .styles import EMU, NIVEAUX

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NS = f'xmlns:a="{_A}" xmlns:p="{_P}"'
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
    ' val="1"/></a:ext></a:extLst>'
)
#: Signs that every office font draws, for the icons of the statuses.
GLYPHES = {
    "carre-oui": "■",
    "carre-part": "◧",
    "carre-non": "□",
    "carre-nr": "□",
    "rond-oui": "●",
    "rond-part": "◐",
    "rond-non": "○",
    "rond-nr": "○",
}
_SIGNES = {"plus": ("+", TONS["oui"]), "moins": ("−", TONS["non"]), "alerte": ("!", TONS["part"])}
#: Neither a letter nor a space: XML 1.0 refuses them.
_CONTROLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
STYLE_DE_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Trait:
    """A run of text: its colour, size in points and weight where they are not the level's."""

    texte: str
    couleur: str = ""
    corps: float = 0
    gras: bool | None = None


def propre(texte: str) -> str:
    """A text that XML takes, in signs that the font draws."""
    return _CONTROLE.sub("", texte).translate(SUBSTITUTIONS)


def ecrire(forme, paragraphes: Iterable[tuple[int, Sequence[Trait]]]) -> None:
    """Fill a text shape: each paragraph is its level and its runs."""
    frame = forme.text_frame
    for rank, (level, runs) in enumerate(paragraphes):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        remplir(paragraph, runs, niveau=level)


def remplir(paragraphe, traits: Sequence[Trait], *, niveau: int = 0) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    if niveau:
        paragraphe.level = niveau
    for trait in traits:
        run = paragraphe.add_run()
        run.text = propre(trait.texte)
        run.font.language_id = MSO_LANGUAGE_ID.FRENCH
        if trait.couleur:
            run.font.color.rgb = RGBColor.from_string(trait.couleur)
        if trait.corps:
            run.font.size = Pt(trait.corps)
        if trait.gras is not None:
            run.font.bold = trait.gras


def interligne(paragraphe, points: float) -> None:
    """An exact line: the height of a text is then the same in whatever font."""
    from pptx.util import Pt

    paragraphe.line_spacing = Pt(points)


def paragraphes_de(colonne: Colonne):
    return [(NIVEAUX[ligne.role], _traits(ligne)) for ligne in colonne]


def traits_de_statut(texte: str, icone: str, ton: str) -> list[Trait]:
    """A status: its sign in its tone, then its words."""
    glyph = GLYPHES.get(icone)
    if glyph is None:
        return [Trait(texte)]
    return [Trait(f"{glyph} ", TONS.get(ton, ENCRE)), Trait(texte, ENCRE)]


def _traits(ligne: Ligne) -> list[Trait]:
    if ligne.signe:
        glyph, ink = _SIGNES[ligne.signe]
        return [Trait(f"{glyph} ", ink, gras=True), Trait(ligne.texte)]
    return traits_de_statut(ligne.texte, ligne.icone, ligne.ton)


def placer(forme, cadre: Cadre) -> None:
    forme.left, forme.top, forme.width, forme.height = cadre.emu


def decrire(forme, texte: str) -> None:
    """The alternative text of a picture, a chart or a table."""
    _propriete(forme).set("descr", propre(texte)[:4000])


def decorer(forme) -> None:
    """Say that a shape is a decoration, which a screen reader passes over."""
    from pptx.oxml import parse_xml

    _propriete(forme).append(parse_xml(_DECORATIVE))


def _propriete(forme):
    return forme._element.xpath(".//p:cNvPr")[0]


def sans_effet(forme) -> None:
    """Without the style of the theme, which adds shadows; what is painted is said by the shape."""
    style = forme._element.find(f"{{{_P}}}style")
    if style is not None:
        forme._element.remove(style)


def filet(slide, x: float, y: float, largeur: float, couleur: str = ENCRE, epaisseur: float = 1.5):
    """A horizontal rule, in pixels; its weight in points."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Pt

    x0, y0, x1 = round(x * EMU), round(y * EMU), round((x + largeur) * EMU)
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x0, y0, x1, y0)
    line.line.color.rgb = RGBColor.from_string(couleur)
    line.line.width = Pt(epaisseur)
    line.name = "Filet"
    sans_effet(line)
    decorer(line)


@dataclass(frozen=True, slots=True)
class Encre:
    """How rectangles are painted: a fill ("" for none), a line, dashes."""

    fond: str
    trait: str
    pointille: bool = False


def rectangles(slide, cadre: Cadre, boites: Sequence[tuple], encre: Encre, nom: str) -> None:
    """Many rectangles as one native shape, in the pixels of its frame."""
    from pptx.oxml import parse_xml

    if not boites:
        return
    x, y, wide, high = cadre.emu
    path = "".join(_boite(*(round(10 * part) for part in boite)) for boite in boites)
    fill = (
        f'<a:solidFill><a:srgbClr val="{encre.fond}"/></a:solidFill>'
        if encre.fond
        else "<a:noFill/>"
    )
    dash = '<a:prstDash val="sysDash"/>' if encre.pointille else ""
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{slide.shapes._next_shape_id}" name="{nom}">'
            f"{_DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{round(10 * cadre.largeur)}"'
            f' h="{round(10 * cadre.hauteur)}">{path}</a:path></a:pathLst></a:custGeom>{fill}'
            f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{encre.trait}"/></a:solidFill>{dash}'
            "</a:ln></p:spPr></p:sp>"
        )
    )


def _boite(x: int, y: int, wide: int, high: int) -> str:
    corners = ((x + wide, y), (x + wide, y + high), (x, y + high))
    lines = "".join(f'<a:lnTo><a:pt x="{cx}" y="{cy}"/></a:lnTo>' for cx, cy in corners)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{lines}<a:close/>'


def tableau(
    slide,
    cadre: Cadre,
    entetes,
    largeurs,
    lignes,
    hauteurs,
    *,
    nom: str,
    montants_depuis: int = 0,
    blanc: int = BLANC_LIGNE,
):
    """A native table with its header row; cells are runs, heights and widths in pixels.

    From column `montants_depuis` on, cells stand at the right; `blanc` is the space of a row.
    """
    shape = slide.shapes.add_table(len(lignes) + 1, len(entetes), *cadre.emu)
    shape.name = nom
    decrire(shape, nom)
    table = shape.table
    table.horz_banding = False
    table._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = STYLE_DE_TABLE
    for column, wide in zip(table.columns, largeurs, strict=True):
        column.width = round(wide * EMU)
    for row, high in zip(table.rows, hauteurs, strict=True):
        row.height = round(high * EMU)
    heads = [[Trait(text, GRIS)] for text in entetes]
    for rank, runs in enumerate([heads, *lignes]):
        for place, cell in enumerate(runs):
            is_right = 0 < montants_depuis <= place
            wide = 0 if is_right and place == len(runs) - 1 else 18
            margins = (wide, blanc // 2 - 1, blanc // 2)
            _cellule(table.cell(rank, place), cell, margins, is_head=rank == 0, is_right=is_right)
    return table


def _cellule(cell, traits: Sequence[Trait], marges, *, is_head: bool, is_right: bool) -> None:
    """`marges` in pixels: right, top, bottom."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    right, top, bottom = marges
    cell.margin_left, cell.margin_right = 0, right * EMU
    cell.margin_top, cell.margin_bottom = top * EMU, bottom * EMU
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.line_spacing = Pt(19.5)
    if is_right:
        paragraph.alignment = PP_ALIGN.RIGHT
    sized = [Trait(one.texte, one.couleur or ENCRE, one.corps or 15, one.gras) for one in traits]
    remplir(paragraph, sized)
    weight, ink = (19050, ENCRE) if is_head else (9525, FILET)
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<a:lnB xmlns:a="{_A}" w="{weight}"><a:solidFill><a:srgbClr val="{ink}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
