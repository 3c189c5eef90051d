"""The slides as plain data: what both renderers read, and nothing else.

Every length is in pixels of a slide of 1280 × 720. A text never holds markup. The last fields of a
slide are filled by `build_deck`, which knows the whole presentation.
"""

from dataclasses import dataclass
from enum import StrEnum

from indicators.series import Serie

from ..tree.nodes import Comptes

LARGEUR, HAUTEUR = 1280, 720
MARGE = 80
#: What stands between the margins, and the lowest line of the contents.
LARGEUR_UTILE = LARGEUR - 2 * MARGE
BAS = 636
#: Space between two columns.
GOUTTIERE = 48


class Role(StrEnum):
    """What a line of text is; each renderer knows one style per role."""

    INTERTITRE = "intertitre"
    VOLET = "volet"
    PUCE = "puce"
    SOUS_PUCE = "sous-puce"
    TEXTE = "texte"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A paragraph; `icone` and `ton` are those of a status, `signe` a plus or minus before it."""

    role: Role
    texte: str
    icone: str = ""
    ton: str = ""
    signe: str = ""


Colonne = tuple[Ligne, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diapositive:
    """What every slide has.

    `rang` and `sur` number the slides of one subject ("2/3"); `axe` is the rank of the axe it
    speaks of, from 1, 0 outside; `notes` are the paragraphs said or looked up by who presents.
    """

    titre: str
    surtitre: str = ""
    rang: int = 1
    sur: int = 1
    axe: int = 0
    notes: tuple[str, ...] = ()
    numero: int = 0

    @property
    def suite(self) -> str:
        """ "2/3" where the subject goes over several slides, else an empty text."""
        return f"{self.rang}/{self.sur}" if self.sur > 1 else ""

    @property
    def titre_complet(self) -> str:
        """The title that no other slide has."""
        return f"{self.titre} ({self.suite})" if self.suite else self.titre

    @property
    def genre(self) -> str:
        """Name of its template and of its style."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Couverture(Diapositive):
    territoire: str
    type_territoire: str
    objet: str
    sous_titre: str
    date: str
    etat: str
    logo: str
    rangees: tuple[tuple[str, ...], ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonnes(Diapositive):
    """One to three columns of text, under lines that take the whole width.

    `grand`: everything is shown larger, there is room.
    """

    entete: Colonne = ()
    colonnes: tuple[Colonne, ...]
    grand: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A numbered line: its head, then details under it."""

    numero: str
    tete: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerotee(Diapositive):
    entete: Colonne = ()
    elements: tuple[Element, ...]
    grand: bool = False


@dataclass(frozen=True, slots=True)
class Etape:
    date: str
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frise(Diapositive):
    """Dated steps, in one row from left to right."""

    etapes: tuple[Etape, ...]


@dataclass(frozen=True, slots=True)
class Chiffre:
    nombre: str
    nom: str
    ton: str = ""


@dataclass(frozen=True, slots=True)
class LigneAxe:
    nom: str
    comptes: Comptes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chiffres(Diapositive):
    """Large figures, then one row of notches per axe and status; `total_max` scales the rows."""

    mot: str
    chiffres: tuple[Chiffre, ...]
    axes: tuple[LigneAxe, ...]
    total_max: int


@dataclass(frozen=True, slots=True)
class Fait:
    """A named fact; `precision` stands under it in small."""

    nom: str
    valeur: str
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OuvertureAxe(Diapositive):
    """`comptes` is None as long as no fiche of the axe has a status."""

    numeral: str
    faits: tuple[Fait, ...]
    comptes: Comptes | None
    total_max: int
    objectifs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cellule:
    texte: str
    icone: str = ""
    ton: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau(Diapositive):
    """A table; `largeurs` add up to LARGEUR_UTILE.

    From column `montants_depuis` on, counted from 0, cells stand at the right; 0 for none.
    """

    entetes: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[Cellule, ...], ...]
    montants_depuis: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphique(Diapositive):
    """One chart, its table beside it (none if it is long) and what is to be said under both.

    `hauteur` is the room of the chart, in pixels.
    """

    serie: Serie
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    legendes: Colonne
    hauteur: int


@dataclass(frozen=True, slots=True)
class Photo:
    image: str
    legende: str
    credit: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos(Diapositive):
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fin(Diapositive):
    """A subject that is only announced."""


@dataclass(frozen=True, slots=True)
class Deck:
    """The presentation: its slides in order, and what runs through them all."""

    titre: str
    auteur: str
    couleur: str
    pied: str
    axes: tuple[str, ...]
    diapositives: tuple[Diapositive, ...]
