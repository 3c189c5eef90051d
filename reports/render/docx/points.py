"""The points of the year: strengths, weaknesses, perspectives and what became of them."""

from collections.abc import Sequence

from django.template.defaultfilters import capfirst

from ...tree.nodes import Point, PointsAnnee
from .markup import paragraph, run
from .writer import Writer


def write_phares(writer: Writer) -> None:
    """Éléments phares and the other points of the whole convention."""
    tree = writer.tree
    writer.heading(1, tree.titre_annees, anchor="phares")
    for annee in tree.annees:
        if annee.phares:
            title = f"Éléments phares, exercice {annee.exercice}"
            writer.heading(2, title, style="Intertitre")
            _write_numbered(writer, annee.phares)
    for annee in tree.annees:
        if annee.sans_phares:
            title = f"Toute la convention, exercice {annee.exercice}"
            writer.heading(2, title, style="Intertitre")
            write_points(writer, annee, with_phares=False)


def write_points(writer: Writer, annee: PointsAnnee, *, with_phares: bool) -> None:
    """The points of one exercice, under headings of the third level."""
    if annee.precedentes:
        _title(writer, f"Perspectives {annee.exercice}, écrites l’année d’avant, et leur devenir")
        _write_numbered(writer, annee.precedentes)
    if annee.forts or annee.faibles:
        for title, points in (("Points forts", annee.forts), ("Points faibles", annee.faibles)):
            _title(writer, title)
            _write_list(writer, points)
            if not points:
                writer.text("Non renseigné.", "Doux")
    if annee.perspectives:
        _title(writer, f"Perspectives {annee.annee_suivante}")
        _write_numbered(writer, annee.perspectives)
    if with_phares and annee.phares:
        _title(writer, "Éléments phares")
        _write_numbered(writer, annee.phares)
    if annee.notes:
        _title(writer, "Notes")
        for point in annee.notes:
            writer.add(writer.rich(point.texte))


def _title(writer: Writer, text: str) -> None:
    writer.heading(3, text, style="SousIntertitre")


def _write_list(writer: Writer, points: Sequence[Point]) -> None:
    for point in points:
        writer.add(writer.item(point.texte))
        if point.fiche:
            writer.text(f"Fiche {point.fiche}", "Devenir")


def _write_numbered(writer: Writer, points: Sequence[Point]) -> None:
    number = writer.new_list()
    for point in points:
        writer.add(writer.item(point.texte, number=number))
        for line in _what_became(point):
            writer.add(paragraph(run(line), "Devenir"))


def _what_became(point: Point) -> list[str]:
    lines = []
    if point.reprend:
        lines.append(f"Reprend la perspective : {point.reprend}")
    if point.devenir:
        lines.append(capfirst(point.devenir))
    lines += [f"Repris : {suite}" for suite in point.repris_par]
    if point.fiche:
        lines.append(f"Fiche {point.fiche.court}")
    return lines
