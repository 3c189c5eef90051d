"""Statuses in the Word document: their legend, the two lines of an axe, their counts in words."""

from collections.abc import Sequence

from ...templatetags.bilan import FORMES, NOMS, compte_en_mots
from ...tree.nodes import Axe, Comptes, Statut
from .drawings import notches
from .markup import paragraph, run
from .pictures import Size
from .tables import LARGEUR, Cell, Line, heading_line, table, text_cell
from .writer import Writer

UNITES = 270
#: Width of a line of notches, in millimetres.
LARGEUR_LIGNE = 70.0
# The longest words stand in the second column of the values.
_LEGENDE = [26.0, 30.0, 44.0, 33.0, 33.0]


def write_legend(writer: Writer, comptes: Comptes, *, with_next: bool = False) -> None:
    """The values of réalisation and objectifs, with their icons; on the page of what follows."""
    lines = []
    for lequel, nom in NOMS.items():
        values = [compte.statut for compte in getattr(comptes, lequel)]
        cells = [Cell(paragraph(_plain(writer, value), "Cellule")) for value in values]
        lines.append(Line((text_cell(nom, "CelluleForte"), *cells), with_next=with_next))
    count = len(lines[0].cells) - 1
    writer.add(
        table(
            lines,
            _LEGENDE if count == len(_LEGENDE) - 1 else [26.0, *[140.0 / count] * count],
            title="Légende des statuts",
            description="Les valeurs de la réalisation et des objectifs, avec leurs pictogrammes",
        ),
        paragraph("", "Aprestableau", properties="<w:keepNext/>" if with_next else ""),
    )


def _plain(writer: Writer, statut: Statut) -> str:
    return writer.icon(statut) + run(f"\u00a0{statut.label}")


def notch_lines(writer: Writer, axes: Sequence[Axe], title: str, *, headed: bool = True) -> str:
    """The two lines of notches of each axe, with their counts in words, as one table.

    An axe is named only beside others; without a heading, the lines have no rules either, and stay
    with what follows them.
    """
    lines = [heading_line(("Statut", "Une marque par fiche", "En nombres"))] if headed else []
    for axe in axes:
        if len(axes) > 1:
            name = paragraph(run(f"{axe.repere}. {axe.nom_court}", bold=True), "Cellule")
            lines.append(Line((Cell(name, span=3, shaded=True),), with_next=True))
        lines += [_notch_line(writer, axe.comptes, lequel, with_next=not headed) for lequel in NOMS]
    widths = [24, LARGEUR_LIGNE + 4, LARGEUR - 24 - LARGEUR_LIGNE - 4]
    style = "TableauCTG" if headed else "TableauNu"
    after = paragraph("", "Aprestableau", properties="" if headed else "<w:keepNext/>")
    return table(lines, widths, style=style, title=title) + after


def _notch_line(writer: Writer, comptes: Comptes, lequel: str, *, with_next: bool) -> Line:
    tons = [c.statut.ton for c in getattr(comptes, lequel) for _ in range(c.nombre)]
    content = notches(
        tons,
        is_round=FORMES[lequel] == "rond",
        total_max=writer.mise.total_max,
        width=UNITES,
    )
    words = compte_en_mots(comptes, lequel)
    size = Size(LARGEUR_LIGNE, LARGEUR_LIGNE * 12 / UNITES)
    picture = writer.picture(content, size, f"{NOMS[lequel]} : {words}")
    return Line(
        (
            text_cell(NOMS[lequel], "CelluleForte"),
            Cell(paragraph(picture, "Cellule")),
            text_cell(words, "CelluleDouce"),
        ),
        with_next=with_next,
    )
