"""What each kind of slide shows, and the layout it stands on."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from ctg_portal.lib import crans

from ...deck import slides as s
from ...deck.axes import (
    AVANT_FAITS,
    AVANT_OBJECTIFS,
    CORPS_OUVERTURE,
    HAUT_OUVERTURE,
    HAUTEUR_CRANS,
    LARGEUR_OUVERTURE,
    bas_des_faits,
    bas_du_titre,
)
from ...deck.colonnes import APRES_ENTETE
from ...deck.composition import (
    FILET_COLONNE,
    GRAND,
    corps_de,
    hauteur_totale,
    largeur_de_colonne,
    titre_de,
)
from ...deck.ouverture import (
    CORPS_DATE,
    CORPS_ETAPE,
    CORPS_OBJET,
    INTERLIGNE_DATE,
    INTERLIGNE_ETAPE,
    LARGEUR_OBJET,
)
from ...deck.photos import HAUTEUR_LEGENDE, HAUTEUR_PHOTO, LARGEUR_PHOTO_SEULE
from ...deck.series import BLANC_VALEUR, LARGEURS_VALEURS, hauteurs_des_valeurs
from ...deck.slides import BAS, GOUTTIERE, LARGEUR, LARGEUR_UTILE, MARGE
from ...deck.tableaux import hauteur_de
from ...templatetags.bilan import compte_en_mots
from ..ressources import MEDIA
from .formes import (
    Encre,
    Trait,
    decorer,
    decrire,
    ecrire,
    filet,
    interligne,
    paragraphes_de,
    placer,
    rectangles,
    sans_effet,
    tableau,
    traits_de_statut,
)
from .graphiques import graphique, repartition
from .modele import (
    BLANC,
    COLONNE,
    ENCRE,
    ENTETE,
    GRIS,
    TONS,
    Cadre,
    nom_de_colonnes,
)
from .styles import NUMEROTE, NUMEROTE_DETAIL

#: Step of the notches on the cover at most, in pixels.
PAS_COUVERTURE = 38
#: A chart beside its table.
LARGEUR_DESSIN = 790
STATUTS = {"realisation": "Réalisation", "objectifs": "Objectifs"}


def _colonnes(dessinateur, page, places, slide: s.Colonnes) -> None:
    scale = GRAND if slide.grand else 1
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    if slide.entete:
        high = scale * hauteur_totale(slide.entete, LARGEUR_UTILE / scale)
        ecrire(places[ENTETE], paragraphes_de(slide.entete))
        placer(places[ENTETE], Cadre(MARGE, top, LARGEUR_UTILE, high))
        top += high + APRES_ENTETE
    count = len(slide.colonnes)
    wide = largeur_de_colonne(count)
    for rank, column in enumerate(slide.colonnes):
        x = MARGE + rank * (wide + GOUTTIERE)
        if count > 1:
            filet(page, x, top, wide)
        start = top + (FILET_COLONNE if count > 1 else 0)
        ecrire(places[COLONNE + rank], paragraphes_de(column))
        placer(places[COLONNE + rank], Cadre(x, start, wide, BAS - start))


def _numerotee(dessinateur, page, places, slide: s.Numerotee) -> None:
    scale = GRAND if slide.grand else 1
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    if slide.entete:
        high = scale * hauteur_totale(slide.entete, LARGEUR_UTILE / scale)
        ecrire(places[ENTETE], paragraphes_de(slide.entete))
        placer(places[ENTETE], Cadre(MARGE, top, LARGEUR_UTILE, high))
        top += high + APRES_ENTETE
    filet(page, MARGE, top, LARGEUR_UTILE)
    paragraphs = []
    for element in slide.elements:
        head = [Trait(element.numero, dessinateur.accent, gras=False), Trait(f"\t{element.tete}")]
        if element.numero or element.tete:
            paragraphs.append((NUMEROTE, head))
        paragraphs += [(NUMEROTE_DETAIL, [Trait(text)]) for text in element.details]
    ecrire(places[COLONNE], paragraphs)
    placer(places[COLONNE], Cadre(MARGE, top + 12, LARGEUR_UTILE, BAS - top - 12))


def _couverture(dessinateur, page, places, slide: s.Couverture) -> None:
    corps, lines = corps_de(slide.objet, CORPS_OBJET, LARGEUR_OBJET)
    title = page.shapes.title
    ecrire(
        title,
        [(0, [Trait(slide.titre)]), (0, [Trait(slide.objet, corps=0.75 * corps, gras=True)])],
    )
    interligne(title.text_frame.paragraphs[1], 0.75 * corps * 1.12)
    high = 72 + lines * corps * 1.12
    placer(title, Cadre(MARGE, 166, LARGEUR_UTILE, high + 10))
    left = MARGE + _logo(dessinateur, page, slide)
    kind = [(1, [Trait(slide.type_territoire[:1].upper() + slide.type_territoire[1:])])]
    ecrire(
        places[10],
        [(0, [Trait(slide.territoire, gras=True)])] + (kind if slide.type_territoire else []),
    )
    placer(places[10], Cadre(left, 58, LARGEUR_UTILE + MARGE - left, 64))
    if slide.sous_titre:
        wide = 620 if slide.rangees else LARGEUR_UTILE
        ecrire(places[11], [(0, [Trait(slide.sous_titre)])])
        placer(places[11], Cadre(MARGE, 166 + high + 18, wide, 150))
    said = [(0, [Trait(slide.date)])] if slide.date else []
    ecrire(places[12], [*said, (1, [Trait(slide.etat, corps=15)])])
    _rangees(page, slide)


def _logo(dessinateur, page, slide: s.Couverture) -> int:
    """Draw the logo, if there is one; the width it takes."""
    if not slide.logo:
        return 0
    content = dessinateur.ressources.open(MEDIA + slide.logo).contenu
    wide, high = Image.open(io.BytesIO(content)).size
    scale = min(220 / wide, 64 / high)
    picture = page.shapes.add_picture(
        io.BytesIO(content), *Cadre(MARGE, 58, wide * scale, high * scale).emu
    )
    decrire(picture, f"Logo : {slide.territoire}")
    return round(wide * scale) + 20


def _rangees(page, slide: s.Couverture) -> None:
    if not slide.rangees:
        return
    longest = max(map(len, slide.rangees))
    step = min(PAS_COUVERTURE, 420 / longest)
    gap = min(56.0, 300 / len(slide.rangees))
    wide, high = step * longest, gap * len(slide.rangees)
    frame = Cadre(LARGEUR - MARGE - wide, 660 - high, wide, high)
    boxes = {"oui": [], "part": [], "non": [], "nr": []}
    for line, row in enumerate(slide.rangees):
        for rank, ton in enumerate(row):
            boxes[ton].append((rank * step, line * gap, step * 0.74, gap * 0.72))
    _crans(page, frame, boxes, BLANC, BLANC)


def _crans(page, frame: Cadre, boxes: dict, trait: str, plein: str) -> None:
    """Notches: full, half, empty, dotted."""
    halves = [(x, y + high / 2, wide, high / 2) for x, y, wide, high in boxes["part"]]
    rectangles(page, frame, boxes["oui"], Encre(plein, trait), "Fiches réalisées")
    rectangles(page, frame, boxes["part"], Encre("", trait), "Fiches partiellement réalisées")
    rectangles(page, frame, halves, Encre(plein, trait), "Fiches partiellement réalisées, moitié")
    rectangles(page, frame, boxes["non"], Encre("", trait), "Fiches non réalisées")
    rectangles(page, frame, boxes["nr"], Encre("", trait, pointille=True), "Fiches non renseignées")


def _ouverture(dessinateur, page, places, slide: s.OuvertureAxe) -> None:
    corps, _ = corps_de(slide.titre, CORPS_OUVERTURE, LARGEUR_OUVERTURE)
    left, bottom = MARGE + 290, bas_du_titre(slide)
    title = page.shapes.title
    ecrire(title, [(0, [Trait(slide.titre, corps=0.75 * corps)])])
    interligne(title.text_frame.paragraphs[0], 0.75 * corps * 1.14)
    placer(title, Cadre(left, HAUT_OUVERTURE, LARGEUR_OUVERTURE, bottom - HAUT_OUVERTURE))
    _numeral(places[10], slide.numeral)
    wide = largeur_de_colonne(len(slide.faits), LARGEUR_OUVERTURE)
    for rank, fact in enumerate(slide.faits):
        x = left + rank * (wide + GOUTTIERE)
        filet(page, x, bottom + AVANT_FAITS, wide)
        small = [(2, [Trait(fact.precision)])] if fact.precision else []
        ecrire(places[11 + rank], [(0, [Trait(fact.nom)]), (1, [Trait(fact.valeur)]), *small])
        placer(places[11 + rank], Cadre(x, bottom + AVANT_FAITS + 6, wide, 120))
    start = bas_des_faits(slide)
    if slide.comptes:
        _lignes_de_crans(page, slide, left, start - AVANT_OBJECTIFS - HAUTEUR_CRANS)
    if slide.objectifs:
        goals = [
            (0, [Trait(code, dessinateur.accent, gras=True), Trait(f"\t{title}")])
            for code, title in slide.objectifs
        ]
        ecrire(places[14], goals)
        placer(places[14], Cadre(left, start, LARGEUR_OUVERTURE, BAS - start))


def _numeral(place, numeral: str) -> None:
    """The number of the axe, smaller where it is a word."""
    if numeral:
        size = {1: 255, 2: 160, 3: 60, 4: 60}.get(len(numeral), 27)
        ecrire(place, [(0, [Trait(numeral, corps=size)])])
        interligne(place.text_frame.paragraphs[0], size * 1.02)


def _lignes_de_crans(page, slide: s.OuvertureAxe, x: float, y: float) -> None:
    """Both statuses side by side: name, notches, counts in words."""
    wide = largeur_de_colonne(2, LARGEUR_OUVERTURE)
    step = wide / max(slide.total_max, crans.TOTAL_MIN)
    for rank, (lequel, name) in enumerate(STATUTS.items()):
        left = x + rank * (wide + GOUTTIERE)
        boxes = {ton: [] for ton in crans.ORDRE}
        counts = getattr(slide.comptes, lequel)
        tons = crans.trier(one.statut.ton for one in counts for _ in range(one.nombre))
        for place, ton in enumerate(tons):
            boxes[ton].append((place * step, 0, step * crans.PLEIN, 14))
        for ton in crans.ORDRE:
            alone = {**dict.fromkeys(crans.ORDRE, ()), ton: boxes[ton]}
            _crans(page, Cadre(left, y + 40, wide, 14), alone, TONS[ton], TONS[ton])
        _zone(page, Cadre(left, y + 12, wide, 26), [Trait(name, GRIS, 15)])
        words = compte_en_mots(slide.comptes, lequel)
        _zone(page, Cadre(left, y + 61, wide, 52), [Trait(words, GRIS, 15)])


def _frise(dessinateur, page, places, slide: s.Frise) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    count = len(slide.etapes)
    top = titre_de(slide.titre_complet, slide.surtitre).bas + 56
    filet(page, MARGE, top + 10, LARGEUR_UTILE, dessinateur.accent)
    wide = (LARGEUR_UTILE - (count - 1) * 24) / count
    for rank, step in enumerate(slide.etapes):
        x = MARGE + rank * (wide + 24)
        dot = page.shapes.add_shape(MSO_SHAPE.OVAL, *Cadre(x, top, 20, 20).emu)
        dot.fill.solid()
        dot.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        dot.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        dot.line.width = Pt(2.25)
        sans_effet(dot)
        dot.name = "Étape"
        decorer(dot)
        box = _zone(
            page,
            Cadre(x, top + 36, wide, BAS - top - 36),
            [Trait(step.date, corps=0.75 * CORPS_DATE, gras=True)],
            [Trait(step.texte, corps=0.75 * CORPS_ETAPE)],
        )
        lines = (INTERLIGNE_DATE, INTERLIGNE_ETAPE)
        for paragraph, line in zip(box.text_frame.paragraphs, lines, strict=True):
            interligne(paragraph, 0.75 * line)


def _zone(page, cadre: Cadre, *paragraphes):
    """A text box without margins; each paragraph is its runs."""
    box = page.shapes.add_textbox(*cadre.emu)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    ecrire(box, [(0, runs) for runs in paragraphes])
    return box


def _chiffres(dessinateur, page, places, slide: s.Chiffres) -> None:
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    wide = (LARGEUR_UTILE - 3 * 40) / 4
    for rank, figure in enumerate(slide.chiffres):
        x = MARGE + rank * (wide + 40)
        filet(page, x, top, wide)
        _zone(page, Cadre(x, top + 8, wide, 72), [Trait(figure.nombre, corps=48)])
        _zone(page, Cadre(x, top + 82, wide, 30), [Trait(figure.nom, GRIS, 16)])
    top += 128
    half = (LARGEUR_UTILE - 40) / 2
    for rank, (lequel, name) in enumerate(STATUTS.items()):
        x = MARGE + rank * (half + 40)
        _zone(page, Cadre(x, top, half, 28), [Trait(name, corps=16, gras=True)])
        repartition(page, slide.axes, lequel, Cadre(x, top + 30, half, BAS - top - 30), name)


def _tableau(dessinateur, page, places, slide: s.Tableau) -> None:
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    heads = tuple(map(s.Cellule, slide.entetes))
    heights = [hauteur_de(row, slide.largeurs) for row in (heads, *slide.lignes)]
    rows = [[_cellule(cell, not rank) for rank, cell in enumerate(row)] for row in slide.lignes]
    tableau(
        page,
        Cadre(MARGE, top, LARGEUR_UTILE, sum(heights)),
        slide.entetes,
        slide.largeurs,
        rows,
        heights,
        nom=slide.titre_complet,
        montants_depuis=slide.montants_depuis,
    )


def _cellule(cellule: s.Cellule, is_first: bool) -> list[Trait]:
    if cellule.icone:
        return traits_de_statut(cellule.texte, cellule.icone, cellule.ton)
    return [Trait(cellule.texte, gras=True if is_first else None)]


def _graphique(dessinateur, page, places, slide: s.Graphique) -> None:
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    wide = LARGEUR_DESSIN if slide.lignes else LARGEUR_UTILE
    graphique(page, slide.serie, Cadre(MARGE, top, wide, slide.hauteur), dessinateur.deck.couleur)
    if slide.lignes:
        rows = [[[Trait(label)], [Trait(value, gras=True)]] for label, value in slide.lignes]
        heights = hauteurs_des_valeurs(slide.lignes)
        width = sum(LARGEURS_VALEURS)
        tableau(
            page,
            Cadre(LARGEUR - MARGE - width, top, width, sum(heights)),
            slide.entetes,
            LARGEURS_VALEURS,
            rows,
            heights,
            nom=f"{slide.titre} : les valeurs",
            montants_depuis=1,
            blanc=BLANC_VALEUR,
        )
    if slide.legendes:
        y = top + slide.hauteur + 24
        said = [_legende(line) for line in slide.legendes]
        box = _zone(page, Cadre(MARGE, y, LARGEUR_UTILE, BAS - y), *said)
        for paragraph in box.text_frame.paragraphs:
            interligne(paragraph, 19.5)


def _legende(ligne: s.Ligne) -> list[Trait]:
    sign = [Trait("Attention : ", ENCRE, 15, gras=True)] if ligne.signe else []
    return [*sign, Trait(ligne.texte, GRIS, 15)]


def _photos(dessinateur, page, places, slide: s.Photos) -> None:
    """Two pictures side by side over their captions; one alone has its caption beside it."""
    top = titre_de(slide.titre_complet, slide.surtitre).bas
    is_alone = len(slide.photos) == 1
    wide = LARGEUR_PHOTO_SEULE if is_alone else largeur_de_colonne(2)
    high = min(HAUTEUR_PHOTO, BAS - top - (0 if is_alone else HAUTEUR_LEGENDE))
    for rank, photo in enumerate(slide.photos):
        x = MARGE + rank * (wide + GOUTTIERE)
        content = dessinateur.ressources.open(MEDIA + photo.image).contenu
        w, h = Image.open(io.BytesIO(content)).size
        scale = min(wide / w, high / h)
        shown = Cadre(x, top, w * scale, h * scale)
        picture = page.shapes.add_picture(io.BytesIO(content), *shown.emu)
        decrire(picture, photo.alt)
        caption = places[COLONNE + rank]
        credit = [(0, [Trait(f"© {photo.credit}", GRIS)])] if photo.credit else []
        ecrire(caption, [(0, [Trait(photo.legende)]), *credit])
        if is_alone:
            left = x + shown.largeur + 40
            placer(caption, Cadre(left, top, LARGEUR - MARGE - left, high))
        else:
            placer(caption, Cadre(x, top + shown.hauteur + 12, wide, HAUTEUR_LEGENDE))


def _fin(dessinateur, page, places, slide: s.Fin) -> None:
    ecrire(page.shapes.title, [(0, [Trait(slide.titre)])])


@dataclass(frozen=True, slots=True)
class Contenu:
    layout: Callable[[s.Diapositive], str]
    draw: Callable
    avec_titre: bool = True
    avec_pied: bool = True


CONTENUS = {
    s.Couverture: Contenu(
        lambda slide: "Couverture", _couverture, avec_titre=False, avec_pied=False
    ),
    s.OuvertureAxe: Contenu(lambda slide: "Ouverture d’axe", _ouverture, avec_titre=False),
    s.Colonnes: Contenu(
        lambda slide: nom_de_colonnes(len(slide.colonnes), grand=slide.grand), _colonnes
    ),
    s.Numerotee: Contenu(lambda slide: nom_de_colonnes(1, grand=slide.grand), _numerotee),
    s.Frise: Contenu(lambda slide: "Titre seul", _frise),
    s.Chiffres: Contenu(lambda slide: "Titre seul", _chiffres),
    s.Tableau: Contenu(lambda slide: "Titre seul", _tableau),
    s.Graphique: Contenu(lambda slide: "Titre seul", _graphique),
    s.Photos: Contenu(lambda slide: "Photos", _photos),
    s.Fin: Contenu(lambda slide: "Annonce", _fin, avec_titre=False),
}
