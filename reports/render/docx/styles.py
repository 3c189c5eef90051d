"""The styles of the Word document: every paragraph and table carries one, none is set by hand."""

from dataclasses import dataclass

from ctg_portal.lib.icones import COULEURS
from indicators.charts.svg import ENCRE, ENCRE_2, FILET, TRAIT

POLICE = "Atkinson Hyperlegible Next"
POLICE_FINE = "Atkinson Hyperlegible Next Light"
LANGUE = "fr-FR"
#: Numberings of the lists: bullets, then the model of every numbered list.
PUCES, NUMEROS = 1, 2
#: How deep a list goes; what is deeper stays there.
NIVEAUX = 3


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes and spaces in points, `outline` counts heading levels from 0."""

    id: str
    name: str
    size: float = 0
    before: float = 0
    after: float = 4
    base: str = "Normal"
    following: str = ""
    light: bool = False
    bold: bool = False
    color: str = ""
    keep: bool = False
    outline: int | None = None
    extra: str = ""
    line: int = 264


def _border(side: str, width: float, color: str, space: int = 4) -> str:
    return (
        f'<w:{side} w:val="single" w:sz="{round(width * 8)}" w:space="{space}"'
        f' w:color="{color.removeprefix("#")}"/>'
    )


def _borders(*borders: str) -> str:
    return f"<w:pBdr>{''.join(borders)}</w:pBdr>"


def _indent(left: int, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _tabs(*stops: tuple[str, int]) -> str:
    found = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in stops)
    return f"<w:tabs>{found}</w:tabs>"


_RULE = _borders(_border("top", 1.25, ENCRE, 5))
_WHOLE_WORDS = "<w:suppressAutoHyphens/>"
_RIGHT = '<w:jc w:val="right"/>'
_END = 9411  # 166 mm, the width of the text


def _numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def paragraph_styles(accent: str) -> tuple[Style, ...]:
    """Every paragraph style; built-in ones keep their names, which Word translates."""
    return (
        *_headings(accent),
        *_cover(accent),
        *_lists(),
        *_cells(accent),
        *_contents(accent),
        *_papers(accent),
        Style("Doux", "Texte secondaire", color=ENCRE_2),
        Style("Petit", "Note", 8.5, 0, 2, color=ENCRE_2),
        Style("Retrait", "Détail", extra=_indent(340)),
        Style("Devenir", "Devenir", 9, 0, 4, color=ENCRE_2, extra=_indent(340)),
        Style(
            "Constat",
            "Constat",
            9.5,
            6,
            8,
            extra=_borders(
                *(
                    _border(side, width, COULEURS["part"], 5)
                    for side, width in (("top", 1), ("left", 3), ("bottom", 1), ("right", 1))
                )
            )
            + '<w:ind w:left="140" w:right="140"/>',
        ),
        Style("Image", "Image", 0, 4, 2, keep=True, line=240),
        Style("Caption", "caption", 8.5, 2, 8, color=ENCRE_2),
        Style(
            "LegendeTableau",
            "Légende de tableau",
            9.5,
            8,
            4,
            "Caption",
            bold=True,
            keep=True,
            color=ENCRE,
        ),
        Style("Aprestableau", "Après un tableau", 2, 0, 5, line=240),
        Style("Header", "header", 8, 0, 0, color=ENCRE_2, extra=_tabs(("right", _END))),
        Style("Footer", "footer", 8, 0, 0, color=ENCRE_2, extra=_tabs(("right", _END))),
    )


def _headings(accent: str) -> tuple[Style, ...]:
    return (
        _heading("Heading1", "heading 1", 1, 24, 0, 16, light=True),
        _heading("Heading2", "heading 2", 2, 14, 20, 8, bold=True, extra=_RULE),
        _heading("Heading3", "heading 3", 3, 13, 18, 5, bold=True, extra=_RULE),
        _heading("Heading4", "heading 4", 4, 10.5, 10, 3, bold=True),
        # Headings of the same levels that the sommaire leaves out.
        _heading("Intertitre", "Intertitre", 2, 12.5, 16, 5, base="Heading2"),
        _heading("SousIntertitre", "Sous-intertitre", 3, 10.5, 10, 3, bold=True),
        _heading("Annee", "Année", 3, 15, 16, 6, light=True, color=accent),
        Style("NumeroAxe", "Numéro d’axe", 88, 0, 0, light=True, color=accent, keep=True, line=180),
        Style("IntituleListe", "Intitulé de liste", 0, 6, 2, bold=True, keep=True),
    )


def _heading(
    style_id: str,
    name: str,
    level: int,
    size: float,
    before: float,
    after: float,
    *,
    extra: str = "",
    **look,
) -> Style:
    """A heading stays with what follows it, and cuts no word."""
    return Style(
        style_id,
        name,
        size,
        before,
        after,
        following="Normal",
        keep=True,
        outline=level - 1,
        extra=extra + _WHOLE_WORDS,
        line=252,
        **look,
    )


def _cover(accent: str) -> tuple[Style, ...]:
    return (
        Style("Marque", "Marque", 11, 0, 90, extra=_indent(680)),
        Style("Title", "Title", 42, 0, 20, light=True, line=228, extra=_WHOLE_WORDS + _indent(680)),
        Style("Subtitle", "Subtitle", 13, 0, 90, color=ENCRE_2, extra=_WHOLE_WORDS + _indent(680)),
        Style(
            "Oeuvre",
            "Dessin de couverture",
            8.5,
            0,
            10,
            color=ENCRE_2,
            line=240,
            extra=_indent(680),
        ),
        Style(
            "PiedCouverture",
            "Pied de couverture",
            9.5,
            0,
            0,
            extra=_borders(_border("top", 0.75, TRAIT, 8)) + _tabs(("right", _END)) + _indent(680),
        ),
        Style(
            "PiedCouverture2",
            "Pied de couverture, suite",
            9.5,
            0,
            0,
            extra=_tabs(("right", _END)) + _indent(680),
        ),
    )


def _papers(accent: str) -> tuple[Style, ...]:
    """The head of the papers of a meeting, the lines that are written by hand on them."""
    return (
        Style(
            "Entete",
            "En-tête de papier",
            9.5,
            0,
            24,
            extra=_borders(_border("bottom", 0.75, TRAIT, 8)) + _tabs(("right", _END)),
        ),
        _heading("Papier", "Nom du papier", 1, 28, 0, 2, light=True),
        Style("Seance", "Nom de la réunion", 15, 0, 14, bold=True, color=accent, keep=True),
        Style("Chapeau", "Chapeau", 11, 0, 10),
        Style(
            "AEcrire",
            "Ligne à écrire",
            10,
            12,
            0,
            extra=_borders(*(_border(side, 0.75, TRAIT, 1) for side in ("bottom", "between"))),
        ),
        Style("Avis", "Avis", 11, 0, 10, base="Constat"),
    )


def _lists() -> tuple[Style, ...]:
    styles = []
    for rank in range(3):
        suffix = str(rank + 1) if rank else ""
        name = f" {suffix}" if suffix else ""
        indent = _indent(283 * (rank + 1), 283)
        for start, english, number in (
            ("ListBullet", "List Bullet", PUCES),
            ("ListNumber", "List Number", NUMEROS),
        ):
            styles.append(
                Style(
                    f"{start}{suffix}",
                    english + name,
                    after=2,
                    extra=_numbered(rank, number) + indent,
                )
            )
    styles.append(Style("ListContinue", "List Continue", after=2, extra=_indent(283)))
    styles.append(
        Style(
            "PuceCellule",
            "Puce de cellule",
            9,
            after=1,
            extra=_numbered(0, PUCES) + _WHOLE_WORDS + _indent(227, 227),
        )
    )
    styles.append(
        Style(
            "NumeroCellule",
            "Numéro de cellule",
            9,
            after=1,
            extra=_numbered(0, NUMEROS) + _WHOLE_WORDS + _indent(283, 283),
        )
    )
    return tuple(styles)


def _cells(accent: str) -> tuple[Style, ...]:
    return (
        Style("Cellule", "Cellule", 9, 0, 1, extra=_WHOLE_WORDS, line=252),
        Style(
            "CelluleDouce", "Cellule secondaire", base="Cellule", after=1, color=ENCRE_2, line=252
        ),
        Style(
            "CelluleRetrait",
            "Cellule en retrait",
            base="Cellule",
            after=1,
            line=252,
            extra=_indent(283),
        ),
        Style(
            "CelluleChiffre", "Cellule chiffrée", base="Cellule", after=1, extra=_RIGHT, line=252
        ),
        Style("CelluleCode", "Code", base="Cellule", after=1, bold=True, color=accent, line=252),
        Style("CelluleForte", "Cellule forte", base="Cellule", after=1, bold=True, line=252),
        Style(
            "Colonne",
            "Titre de colonne",
            base="Cellule",
            size=8.5,
            after=1,
            bold=True,
            keep=True,
            line=252,
        ),
        Style(
            "ColonneChiffre",
            "Titre de colonne chiffrée",
            base="Colonne",
            after=1,
            extra=_RIGHT,
            keep=True,
            line=252,
        ),
        Style("ChiffreCle", "Chiffre clé", 25, 0, 0, keep=True, line=240),
        Style("Rang", "Rang", 16, 0, 0, light=True, color=accent, line=240),
    )


def _contents(accent: str) -> tuple[Style, ...]:
    end = ("right", _END)
    return (
        Style("TOCHeading", "TOC Heading", 24, 0, 16, light=True, keep=True),
        Style(
            "TOC1",
            "toc 1",
            10.5,
            9,
            2,
            bold=True,
            extra=_borders(_border("top", 0.5, FILET, 5)) + _tabs(end) + '<w:ind w:right="567"/>',
            line=252,
        ),
        Style(
            "TOC2",
            "toc 2",
            9,
            2,
            1,
            color=ENCRE_2,
            extra=_tabs(end) + '<w:ind w:left="283" w:right="567"/>',
            line=252,
        ),
        Style(
            "TOC3",
            "toc 3",
            9,
            0,
            1,
            extra=_tabs(end) + '<w:ind w:left="567" w:right="567"/>',
            line=252,
        ),
    )
