"""Long tables over several slides, the header repeated."""

from collections.abc import Sequence
from dataclasses import replace

from .composition import RETRAIT_ICONE, titre_de
from .mesure import couper
from .slides import Cellule, Tableau

CORPS, INTERLIGNE = 20, 26
#: Space around the words of a cell: on both sides together.
BLANC_CELLULE, BLANC_LIGNE = 20, 18
ENTETE = INTERLIGNE + BLANC_LIGNE
Rangee = tuple[Cellule, ...]


def tableaux(
    entetes, largeurs, lignes: Sequence[Rangee], *, titre, surtitre="", notes=(), montants_depuis=0
):
    """The rows on as few slides as they need; a row too high is continued on the next slide.

    A row without a first cell belongs to the one above, whose name opens the next slide too. The
    notes stand on the first slide.
    """
    room = titre_de(f"{titre} (10/10)", surtitre).reste - _hauteur(
        tuple(map(Cellule, entetes)), largeurs
    )
    pieces = [piece for ligne in lignes for piece in _morceaux(ligne, largeurs, room)]
    pages = _equilibrees(pieces, largeurs, room)
    return [
        Tableau(
            titre=titre,
            surtitre=surtitre,
            rang=rank,
            sur=len(pages),
            entetes=tuple(entetes),
            largeurs=tuple(largeurs),
            lignes=tuple(page),
            montants_depuis=montants_depuis,
            notes=tuple(notes) if rank == 1 else (),
        )
        for rank, page in enumerate(pages, start=1)
    ]


def _equilibrees(lignes: list[Rangee], largeurs, place: int) -> list[list[Rangee]]:
    """Pages as few as possible, then as equal as that allows."""
    pages = _remplir(lignes, largeurs, place)
    while len(pages) > 1 and place > ENTETE:
        place -= INTERLIGNE
        tighter = _remplir(lignes, largeurs, place)
        if len(tighter) > len(pages):
            break
        pages = tighter
    return pages


def _remplir(lignes: list[Rangee], largeurs, place: int) -> list[list[Rangee]]:
    pages: list[list[Rangee]] = [[]]
    taken, name = 0, ""
    for ligne in lignes:
        height = _hauteur(ligne, largeurs)
        if pages[-1] and taken + height > place:
            pages.append([])
            taken = 0
        name = ligne[0].texte or name
        shown = ligne
        if not pages[-1] and not ligne[0].texte and name:
            shown = (Cellule(f"{name} (suite)"), *ligne[1:])
            height = _hauteur(shown, largeurs)
        pages[-1].append(shown)
        taken += height
    return pages


def place_de(cellule: Cellule, largeur: int) -> int:
    return largeur - BLANC_CELLULE - (RETRAIT_ICONE if cellule.icone else 0)


def hauteur_de(ligne: Rangee, largeurs) -> int:
    """The height of a row, the same for both renderers."""
    return _hauteur(ligne, largeurs)


def _hauteur(ligne: Rangee, largeurs) -> int:
    return BLANC_LIGNE + INTERLIGNE * max(1, *map(len, _couper(ligne, largeurs)))


def _couper(ligne: Rangee, largeurs) -> list[tuple[str, ...]]:
    """The lines of each cell; the first is in bold."""
    return [
        couper(cell.texte, place_de(cell, wide), CORPS, gras=rank == 0)
        for rank, (cell, wide) in enumerate(zip(ligne, largeurs, strict=True))
    ]


def _morceaux(ligne: Rangee, largeurs, place: int) -> list[Rangee]:
    """A row higher than a slide as several rows of at most half of it."""
    if _hauteur(ligne, largeurs) <= place:
        return [ligne]
    most = max(1, (place // 2 - BLANC_LIGNE) // INTERLIGNE)
    cut = _couper(ligne, largeurs)
    rows = range(0, max(map(len, cut)), most)
    return [
        tuple(
            replace(cell, texte="".join(lines[start : start + most]).strip())
            if start == 0 or lines[start : start + most]
            else Cellule("")
            for cell, lines in zip(ligne, cut, strict=True)
        )
        for start in rows
    ]
