"""One axe of a synthèse: its figures, its table, its points side by side, without its fiches."""

from collections.abc import Sequence

from django.template.defaultfilters import capfirst, pluralize

from ...tree.nodes import Axe, Fiche, Point, PointsAnnee
from .axe import write_table
from .markup import paragraph, run
from .statuts import notch_lines
from .tables import Cell, Line, heading_line, table
from .writer import Writer

#: Code, action, two statuses, remarks: the words take the room.
LARGEURS = (12, 40, 30, 29, 55)
COLONNES = (56, 55, 55)


def write_axe_in_short(writer: Writer, axe: Axe) -> None:
    title = f"{axe.repere} : {axe.intitule}" if axe.numero else axe.intitule
    writer.heading(1, title, anchor=axe.ancre)
    writer.add(paragraph(run(_facts(axe)), "Doux", properties="<w:keepNext/>"))
    writer.add(notch_lines(writer, [axe], "Réalisation et objectifs", headed=False))
    if any(fiche.dans_synthese for fiche in axe.fiches):
        write_table(writer, axe, LARGEURS, _remarks)
    for annee in axe.annees:
        _write_points(writer, annee)


def _facts(axe: Axe) -> str:
    words = f"Pilotage : {', '.join(axe.pilotes) or 'non renseigné'}"
    if axe.annonce_differe:
        announced, entered = axe.fiches_annoncees, axe.comptes.fiches
        words += (
            f" · {announced} fiche{pluralize(announced)} annoncée{pluralize(announced)},"
            f" {entered} saisie{pluralize(entered)}"
        )
    return words


def _remarks(writer: Writer, fiche: Fiche) -> str:
    """Reason, analysis and what follows, in one paragraph."""
    parts = (
        f"{capfirst(fiche.motif_ecart)}." if fiche.motif_ecart else "",
        fiche.analyse.simple,
        f"Suite : {fiche.suite}." if fiche.suite else "",
    )
    return paragraph(run(" ".join(filter(None, parts))), "Cellule")


def _write_points(writer: Writer, annee: PointsAnnee) -> None:
    columns = (
        (f"Points forts {annee.exercice}", annee.forts),
        (f"Points faibles {annee.exercice}", annee.faibles),
        (f"Perspectives {annee.annee_suivante}", annee.perspectives),
    )
    lines = [
        heading_line(title for title, _ in columns),
        Line(tuple(Cell(_listed(writer, points)) for _, points in columns), flows=True),
    ]
    title = f"Points forts, points faibles, perspectives {annee.exercice}"
    writer.add(table(lines, COLONNES, title=title), paragraph("", "Aprestableau"))
    if annee.phares:
        writer.heading(3, "Éléments phares", style="SousIntertitre")
        writer.add(*(writer.item(point.texte) for point in annee.phares))


def _listed(writer: Writer, points: Sequence[Point]) -> str:
    if not points:
        return paragraph(run("Non renseigné."), "CelluleDouce")
    return "".join(_point(writer, point) for point in points)


def _point(writer: Writer, point: Point) -> str:
    words = writer.bullet_in_cell(point.texte)
    return words + (paragraph(run(f"Fiche {point.fiche}"), "CelluleDouce") if point.fiche else "")
