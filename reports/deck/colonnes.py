"""Texts and lists that run over as many slides as they need."""

from collections.abc import Sequence

from .composition import (
    FILET_COLONNE,
    GRAND,
    hauteur_totale,
    largeur_de_colonne,
    paginer,
    repartir,
    tient_en_grand,
    titre_de,
)
from .mesure import nombre_de_lignes, tient
from .slides import LARGEUR_UTILE, Colonne, Colonnes, Element, Ligne, Numerotee, Role

#: Width of a text that runs alone: lines are not read well over the whole slide.
LARGEUR_TEXTE = 980
#: Sizes of a numbered line, in pixels: body, line, space around.
TETE, INTERLIGNE_TETE, BLANC_ELEMENT = 25, 32, 21
DETAIL, INTERLIGNE_DETAIL = 20, 27
RETRAIT_NUMERO, CORPS_NUMERO = 84, 42
APRES_ENTETE = 26
#: A text before a list takes at most that part of it.
ENTETE_MAX = 110


def diapositives_de_texte(lignes: Sequence[Ligne], *, titre, surtitre="", notes=()) -> list:
    """One column of text over as many slides as it takes; none without text."""
    room = titre_de(f"{titre} (10/10)", surtitre).reste
    pages = paginer(lignes, LARGEUR_TEXTE, room)
    is_large = all(tient_en_grand(page, LARGEUR_TEXTE, room) for page in pages)
    return _numbered([((), (page,)) for page in pages], titre, surtitre, notes, is_large)


def diapositives_en_regard(gauche: Colonne, droite: Colonne, *, titre, surtitre="", notes=()):
    """Two lists side by side, each under its heading, which is repeated on every slide."""
    room = titre_de(f"{titre} (10/10)", surtitre).reste
    wide = largeur_de_colonne(2)
    heads = (gauche[0], droite[0])
    room -= max(hauteur_totale([head], wide) for head in heads) + 9 + FILET_COLONNE
    sides = [paginer(side[1:], wide, room) for side in (gauche, droite)]
    count = max(map(len, sides))
    left, right = (
        repartir(side[1:], wide, room, count) if len(found) < count else found
        for side, found in zip((gauche, droite), sides, strict=True)
    )
    pages = [
        ((), tuple((head, *rest) for head, rest in zip(heads, pair, strict=True) if rest))
        for pair in zip(left, right, strict=True)
    ]
    room = titre_de(f"{titre} (10/10)", surtitre).reste - FILET_COLONNE
    is_large = all(tient_en_grand(column, wide, room) for _, columns in pages for column in columns)
    return _numbered(pages, titre, surtitre, notes, is_large)


def diapositives_numerotees(
    elements: Sequence[Element], *, titre, surtitre="", notes=(), entete: Colonne = ()
) -> list:
    """Numbered lines over as many slides as they take; `entete` stands above the first."""
    room = titre_de(f"{titre} (10/10)", surtitre).reste
    head = hauteur_totale(entete, LARGEUR_TEXTE) + APRES_ENTETE if entete else 0
    room -= head
    pages = _equilibrees([piece for one in elements for piece in _morceaux(one, room)], room)
    large = GRAND * (hauteur_totale(entete, LARGEUR_TEXTE / GRAND) + APRES_ENTETE) if entete else 0
    is_large = all(
        GRAND * sum(hauteur_d_element(one, LARGEUR_UTILE / GRAND) for one in page)
        <= room + head - large
        for page in pages
    )
    return [
        Numerotee(
            titre=titre,
            surtitre=surtitre,
            rang=rank,
            sur=len(pages),
            elements=tuple(page),
            entete=entete if rank == 1 else (),
            grand=is_large,
            notes=tuple(notes) if rank == 1 else (),
        )
        for rank, page in enumerate(pages, start=1)
    ]


def numerote(numero: str, tete: str) -> Element:
    """A numbered line; a number that is rather a word stands before the text."""
    if tient(numero, RETRAIT_NUMERO - 8, CORPS_NUMERO):
        return Element(numero, tete)
    return Element("", f"{numero} {tete}")


def hauteur_d_element(element: Element, largeur: float = LARGEUR_UTILE) -> int:
    """The height of a numbered line, with the space that separates it from the next."""
    wide = largeur - RETRAIT_NUMERO
    details = sum(nombre_de_lignes(text, wide, DETAIL) for text in element.details)
    head = nombre_de_lignes(element.tete, wide, TETE, gras=True)
    return BLANC_ELEMENT + head * INTERLIGNE_TETE + details * INTERLIGNE_DETAIL


def _numbered(pages, titre, surtitre, notes, is_large: bool) -> list[Colonnes]:
    return [
        Colonnes(
            titre=titre,
            surtitre=surtitre,
            rang=rank,
            sur=len(pages),
            entete=head,
            colonnes=columns,
            grand=is_large,
            notes=tuple(notes) if rank == 1 else (),
        )
        for rank, (head, columns) in enumerate(pages, start=1)
    ]


def _equilibrees(elements: list[Element], place: int) -> list[list[Element]]:
    """Pages as few as possible, then as equal as that allows."""
    pages = _remplir(elements, place)
    while len(pages) > 1 and place > BLANC_ELEMENT:
        place -= BLANC_ELEMENT
        tighter = _remplir(elements, place)
        if len(tighter) > len(pages):
            break
        pages = tighter
    return pages


def _remplir(elements: list[Element], place: int) -> list[list[Element]]:
    pages: list[list[Element]] = []
    taken = place + 1
    for element in elements:
        height = hauteur_d_element(element)
        if taken + height > place:
            pages.append([])
            taken = 0
        pages[-1].append(element)
        taken += height
    return pages


def _morceaux(element: Element, place: int) -> list[Element]:
    """A numbered line higher than a slide, cut: its head first, then its details."""
    if hauteur_d_element(element) <= place:
        return [element]
    wide = LARGEUR_UTILE - RETRAIT_NUMERO
    heads = paginer([Ligne(Role.INTERTITRE, element.tete)], wide, place - BLANC_ELEMENT)
    found = [
        Element(element.numero if rank == 0 else "", line.texte)
        for rank, line in enumerate(line for page in heads for line in page)
    ]
    details = [Ligne(Role.TEXTE, text) for text in element.details]
    pages = paginer(details, wide, place * 2 // 3)
    return found + [Element("", "", tuple(line.texte for line in page)) for page in pages]
