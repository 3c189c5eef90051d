"""How much of a fiche or of an axe a sheet holds, from everything to the least.

Sizes of texts are signs, the others count lines. Each level keeps no more than the one before, so
that the first that fits is found by halves; the last one fits whatever was typed.
"""

import dataclasses
from dataclasses import dataclass
from typing import TypeVar

PAGES_FICHE = 1
PAGES_AXE = 2
#: From these levels on, lines and blocks stand closer.
SERRE_FICHE = 2
SERRE_AXE = 1
Niveau = TypeVar("Niveau", "NiveauFiche", "NiveauAxe")


@dataclass(frozen=True, slots=True)
class NiveauFiche:
    """What one sheet of a fiche keeps.

    `liste` is the length of a list of names, `cadre` of contexte, public, moyens and échéancier,
    `volet` of the text of a volet, 0 for none; `graphiques` of the indicators are drawn.
    """

    liste: int
    cadre: int
    resultats: int
    resultat: int
    faits: int
    fait: int
    volet: int
    etapes: int
    etape: int
    analyse: int
    series: int
    graphiques: int
    photos: int


@dataclass(frozen=True, slots=True)
class NiveauAxe:
    """What the sheets of an axe keep.

    `faites` and `non_faites` count fiches, `points` the points of each list, `lignes` the rows of
    the table of fiches.
    """

    liste: int
    presentation: int
    objectifs: int
    objectif: int
    faites: int
    fait: int
    non_faites: int
    analyse: int
    series: int
    points: int
    point: int
    lignes: int
    titre: int


def _descent(full: Niveau, least: Niveau, steps: int) -> tuple[Niveau, ...]:
    """From one level to the other, every field falling in equal ratios (to 0 in equal steps)."""

    def between(name: str, rank: int) -> int:
        start, end, part = getattr(full, name), getattr(least, name), rank / (steps - 1)
        return round(start * (end / start) ** part if end else start * (1 - part))

    names = [field.name for field in dataclasses.fields(full)]
    return tuple(
        type(full)(**{name: between(name, rank) for name in names}) for rank in range(steps)
    )


_FICHE_ENTIERE = NiveauFiche(
    liste=400,
    cadre=2400,
    resultats=30,
    resultat=800,
    faits=30,
    fait=1200,
    volet=1200,
    etapes=5,
    etape=1200,
    analyse=2400,
    series=9,
    graphiques=9,
    photos=0,
)
_FICHE_BREVE = NiveauFiche(
    liste=80,
    cadre=80,
    resultats=2,
    resultat=80,
    faits=2,
    fait=100,
    volet=0,
    etapes=0,
    etape=100,
    analyse=200,
    series=1,
    graphiques=0,
    photos=0,
)
_FICHE_SERREE = dataclasses.replace(_FICHE_ENTIERE, etapes=3, series=6, graphiques=4)
#: Photos go before any word does, then lines come closer, then words go.
NIVEAUX_FICHE = (
    dataclasses.replace(_FICHE_ENTIERE, photos=3),
    _FICHE_ENTIERE,
    *_descent(_FICHE_SERREE, _FICHE_BREVE, 14),
    # What is as long as the portal lets it be, everywhere at once.
    dataclasses.replace(_FICHE_BREVE, cadre=0, resultats=1, faits=1),
)
_AXE_ENTIER = NiveauAxe(
    liste=400,
    presentation=3000,
    objectifs=30,
    objectif=400,
    faites=60,
    fait=400,
    non_faites=60,
    analyse=800,
    series=9,
    points=20,
    point=900,
    lignes=90,
    titre=400,
)
_AXE_BREF = NiveauAxe(
    liste=120,
    presentation=200,
    objectifs=4,
    objectif=80,
    faites=4,
    fait=80,
    non_faites=6,
    analyse=90,
    series=0,
    points=1,
    point=120,
    lignes=8,
    titre=60,
)
NIVEAUX_AXE = (
    _AXE_ENTIER,
    *_descent(dataclasses.replace(_AXE_ENTIER, series=6), _AXE_BREF, 16),
)
