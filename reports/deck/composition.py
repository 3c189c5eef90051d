"""What fits on a slide: heights of lines, and the cutting of long lists and long texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .mesure import couper, nombre_de_lignes
from .slides import BAS, GOUTTIERE, LARGEUR_UTILE, Colonne, Ligne, Role


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of a role, in pixels: body, line, space before, indent."""

    corps: int
    interligne: int
    avant: int
    retrait: int = 0
    gras: bool = False


STYLES = {
    Role.INTERTITRE: Style(24, 30, 16, gras=True),
    Role.VOLET: Style(22, 28, 14, gras=True),
    Role.PUCE: Style(22, 28, 9, 28),
    Role.SOUS_PUCE: Style(20, 26, 5, 56),
    Role.TEXTE: Style(22, 28, 10),
    Role.DETAIL: Style(20, 26, 6),
}
_TITRES = {Role.INTERTITRE, Role.VOLET}
#: Room taken by an icon or a sign before the text.
RETRAIT_ICONE = 32
#: Bodies of a title and the most lines it takes at each; the last holds whatever is left.
CORPS_TITRE = ((40, 2), (32, 3), (26, 99))
INTERLIGNE_TITRE = 1.16
#: The line above a title.
CORPS_SURTITRE, LARGEUR_SURTITRE = 22, 1040
HAUT_TITRE, HAUTEUR_SURTITRE, APRES_TITRE = 54, 34, 34
#: The rule above each of several columns, and the space under it.
FILET_COLONNE = 16
#: A text that leaves room enough is shown that much larger.
GRAND = 1.25
#: Balancing moves the bottom of the pages by steps of that many pixels.
_PAS = 13


@dataclass(frozen=True, slots=True)
class Titre:
    """Body and line of a title, where it begins and where the contents begin."""

    corps: int
    interligne: int
    haut: int
    bas: int

    @property
    def reste(self) -> int:
        """Height left to the contents."""
        return BAS - self.bas


def titre_de(texte: str, surtitre: str = "", *, place: int = LARGEUR_UTILE) -> Titre:
    """The largest body at which the title of a slide keeps its lines."""
    corps, lines = corps_de(texte, CORPS_TITRE, place)
    line = round(corps * INTERLIGNE_TITRE)
    top = HAUT_TITRE + (HAUTEUR_SURTITRE if surtitre else 0)
    return Titre(corps, line, top, top + lines * line + APRES_TITRE)


def corps_de(texte: str, paliers, place: float) -> tuple[int, int]:
    """The first body of `paliers` that holds the text in its number of lines, and that number."""
    for corps, most in paliers:
        lines = nombre_de_lignes(texte, place, corps, gras=True)
        if lines <= most:
            break
    return corps, lines


def largeur_de_colonne(nombre: int, place: int = LARGEUR_UTILE) -> int:
    """The width of each of that many columns."""
    return (place - (nombre - 1) * GOUTTIERE) // nombre


def place_de(ligne: Ligne, largeur: float) -> float:
    """The width left to the words of a line."""
    style = STYLES[ligne.role]
    return largeur - style.retrait - (RETRAIT_ICONE if ligne.icone or ligne.signe else 0)


def hauteur(ligne: Ligne, largeur: float) -> int:
    """The height of a line, without the space before it."""
    style = STYLES[ligne.role]
    wide = place_de(ligne, largeur)
    return style.interligne * nombre_de_lignes(ligne.texte, wide, style.corps, gras=style.gras)


def hauteur_totale(lignes: Sequence[Ligne], largeur: float) -> int:
    """The height of a column; nothing is left before its first line."""
    total = sum(STYLES[ligne.role].avant + hauteur(ligne, largeur) for ligne in lignes)
    return total - STYLES[lignes[0].role].avant if lignes else 0


def tient_en_grand(lignes: Sequence[Ligne], largeur: float, place: float) -> bool:
    """Whether a column holds its lines in the larger size."""
    return GRAND * hauteur_totale(lignes, largeur / GRAND) <= place


def paginer(lignes: Sequence[Ligne], largeur: int, place: int) -> list[Colonne]:
    """The lines in columns of that height, as few as possible and of like lengths.

    Neither a title nor a line that announces a list is the last of a column, and a paragraph
    longer than a column is cut between two words. No line is lost: no line gives no column.
    """
    found = _remplir(lignes, largeur, place)
    return _equilibrer(found, lignes, largeur, place, len(found))


def repartir(lignes: Sequence[Ligne], largeur: int, place: int, nombre: int) -> list[Colonne]:
    """The same in that many columns of like lengths, the last ones empty if there is too little."""
    found = _equilibrer(_remplir(lignes, largeur, place), lignes, largeur, place, nombre)
    return found + [()] * (nombre - len(found))


def _equilibrer(found, lignes, largeur: int, place: int, nombre: int) -> list[Colonne]:
    """The tightest columns that are not more than `nombre`, if none of them ends with a title."""
    while nombre > 1 and place > _PAS:
        place -= _PAS
        tighter = _remplir(lignes, largeur, place)
        if len(tighter) > nombre:
            break
        if not any(_announces(column[-1]) for column in tighter[:-1]):
            found = tighter
    return found


def _remplir(lignes: Sequence[Ligne], largeur: int, place: int) -> list[Colonne]:
    columns: list[list[Ligne]] = []
    current: list[Ligne] = []
    for ligne in lignes:
        for rank, piece in enumerate(_morceaux(ligne, largeur, place)):
            joined = _rejoin(ligne, current[-1], piece) if rank and current else None
            if joined and hauteur_totale([*current[:-1], joined], largeur) <= place:
                current[-1] = joined
                continue
            if current and hauteur_totale([*current, piece], largeur) > place:
                kept = _with_next(current)
                columns.append(current[: len(current) - kept])
                current = current[len(current) - kept :]
            current.append(piece)
    return [tuple(column) for column in [*columns, current] if column]


def _rejoin(ligne: Ligne, debut: Ligne, suite: Ligne) -> Ligne | None:
    """Two pieces that follow each other in a paragraph, as one."""
    for space in (" ", ""):
        text = f"{debut.texte}{space}{suite.texte}"
        if text in ligne.texte:
            return replace(ligne, texte=text)
    return None


def _with_next(colonne: list[Ligne]) -> int:
    """How many lines at the end of a column belong to what follows: 0 if it holds nothing else."""
    for kept, ligne in enumerate(reversed(colonne)):
        if not _announces(ligne):
            return kept
    return 0


def _announces(ligne: Ligne) -> bool:
    return ligne.role in _TITRES or ligne.texte.endswith(":")


def _morceaux(ligne: Ligne, largeur: int, place: int) -> list[Ligne]:
    """A paragraph as paragraphs that fit in a column, three quarters of it if it has to be cut."""
    style = STYLES[ligne.role]
    if hauteur(ligne, largeur) <= place * 3 // 4:
        return [ligne]
    lines = couper(ligne.texte, place_de(ligne, largeur), style.corps, gras=style.gras)
    most = max(1, place * 3 // 4 // style.interligne)
    parts = ["".join(lines[start : start + most]).strip() for start in range(0, len(lines), most)]
    return [replace(ligne, texte=part) for part in parts]
