"""What every slide has, whatever its kind: layout, title, foot, place in the axes, notes."""

from indicators.charts.svg import TEINTES

from ...deck.composition import HAUT_TITRE, titre_de
from ...deck.slides import LARGEUR_UTILE, MARGE, Deck, Diapositive
from ..ressources import Ressources
from .contenus import CONTENUS
from .formes import Trait, decorer, placer, propre, remplir, sans_effet
from .modele import BLANC, GRIS, NUMERO, PIED, SURTITRE, Cadre

#: The numbers of the axes in the foot, in pixels: place, step at most, room for all.
AXES_X, PAS_AXE, LARGEUR_AXES, DIAMETRE = 740, 44, 330, 34
HAUT_PIED = 661
_FOOT = {"ftr", "sldNum"}


class Dessinateur:
    """Draws the slides of one deck, in order."""

    def __init__(self, presentation, layouts: dict, deck: Deck, ressources: Ressources):
        self.presentation = presentation
        self.layouts = layouts
        self.deck = deck
        self.ressources = ressources
        self.accent = TEINTES[deck.couleur].accent[1:].upper()

    def draw(self, diapositive: Diapositive) -> None:
        content = CONTENUS[type(diapositive)]
        page = self.presentation.slides.add_slide(self.layouts[content.layout(diapositive)])
        places = {place.placeholder_format.idx: place for place in page.placeholders}
        for model in page.slide_layout.placeholders:
            if model.placeholder_format.idx in places:
                places[model.placeholder_format.idx].name = model.name
        if content.avec_titre:
            _titre(page, places, diapositive)
        content.draw(self, page, places, diapositive)
        for place in places.values():
            if not place.has_text_frame or not place.text_frame.text:
                place._element.getparent().remove(place._element)
        if content.avec_pied:
            self._foot(page, diapositive)
        _notes(page, diapositive)

    def _foot(self, page, diapositive: Diapositive) -> None:
        """The foot and the number of the slide, as the layout places them."""
        for place in page.slide_layout.placeholders:
            if place.placeholder_format.idx in {PIED, NUMERO}:
                page.shapes._spTree.append(
                    _pied(place, page.shapes._next_shape_id, self.deck.pied, diapositive.numero)
                )
        if diapositive.axe and len(self.deck.axes) > 1:
            self._axes(page, diapositive.axe)

    def _axes(self, page, current: int) -> None:
        from pptx.enum.dml import MSO_THEME_COLOR
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        step = min(PAS_AXE, LARGEUR_AXES / len(self.deck.axes))
        size = min(DIAMETRE, step - 2)
        for rank, numeral in enumerate(self.deck.axes, start=1):
            box = Cadre(AXES_X + (rank - 1) * step, HAUT_PIED, size, size)
            shape = page.shapes.add_shape(MSO_SHAPE.OVAL, *box.emu)
            shape.name = f"Repère d’axe {rank}"
            sans_effet(shape)
            shape.line.fill.background()
            if rank == current:
                shape.fill.solid()
                shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
            else:
                shape.fill.background()
            frame = shape.text_frame
            frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
            frame.word_wrap = False
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.CENTER
            text = numeral if numeral and len(numeral) < 3 else str(rank)
            ink, corps = BLANC if rank == current else GRIS, 15 if step > 40 else 12
            remplir(paragraph, [Trait(text, ink, corps, gras=rank == current)])
            decorer(shape)


def _titre(page, places: dict, diapositive: Diapositive) -> None:
    """The title at the body it was measured with, and the line above it."""
    title = titre_de(diapositive.titre_complet, diapositive.surtitre)
    shape = page.shapes.title
    runs = [Trait(diapositive.titre)]
    if diapositive.suite:
        runs.append(Trait(f" ({diapositive.suite})", GRIS, 0.53 * title.corps, gras=False))
    remplir(shape.text_frame.paragraphs[0], runs)
    placer(shape, Cadre(MARGE, title.haut, LARGEUR_UTILE, title.bas - title.haut - 20))
    if title.corps != 40:
        _resize(shape, 0.75 * title.corps, 0.75 * title.interligne)
    if diapositive.surtitre:
        remplir(places[SURTITRE].text_frame.paragraphs[0], [Trait(diapositive.surtitre)])
        placer(places[SURTITRE], Cadre(MARGE, HAUT_TITRE, LARGEUR_UTILE, 30))


def _resize(shape, corps: float, interligne: float) -> None:
    from pptx.util import Pt

    for paragraph in shape.text_frame.paragraphs:
        paragraph.line_spacing = Pt(interligne)
        for run in paragraph.runs:
            if run.font.size is None:
                run.font.size = Pt(corps)


def _pied(place, rang: int, pied: str, numero: int):
    """The same placeholder on the slide: python-pptx leaves out those of the foot."""
    from pptx.oxml import parse_xml

    is_number = place.placeholder_format.idx == NUMERO
    kind = "sldNum" if is_number else "ftr"
    text = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="fr-FR"/><a:t>{numero}</a:t></a:fld>'
        if is_number
        else '<a:r><a:rPr lang="fr-FR"/><a:t></a:t></a:r>'
    )
    element = parse_xml(
        '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr>'
        f'<p:cNvPr id="{rang}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{place.placeholder_format.idx}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{text}</a:p></p:txBody></p:sp>"
    )
    if not is_number:
        element.xpath(".//a:t")[0].text = propre(pied)
    return element


def _notes(page, diapositive: Diapositive) -> None:
    if not diapositive.notes:
        return
    frame = page.notes_slide.notes_text_frame
    for rank, text in enumerate(diapositive.notes):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        remplir(paragraph, [Trait(text)])
