"""Figures that differ, sigles, composition of the instances."""

from ctg_portal.lib.typographie import euros

from ...tree.nodes import TotauxFinancements
from .markup import paragraph
from .tables import Line, heading_line, table, text_cell
from .writer import Writer


def write_annexes(writer: Writer) -> None:
    tree = writer.tree
    writer.heading(1, "Annexes", anchor="annexes")
    if tree.ecarts:
        title = "Chiffres imprimés qui diffèrent du calcul"
        rows = [(ecart.objet, ecart.imprime, ecart.calcule) for ecart in tree.ecarts]
        names = ("Objet", "Imprimé", "Saisi ou calculé")
        _write_table(writer, title, names, rows, [82, 42, 42])
    if tree.financements:
        _write_money(writer, tree.financements)
    if tree.sigles:
        _write_table(writer, "Sigles", ("Sigle", "Signification"), tree.sigles, [36, 130])
    instances = () if tree.en_synthese else tree.gouvernance.instances
    if instances:
        writer.heading(2, "Composition des instances", style="Intertitre")
    for instance in instances:
        kind = f" ({instance.type})" if instance.type and instance.type != "autre" else ""
        writer.heading(3, f"{instance.nom}{kind}", style="SousIntertitre")
        if instance.composition:
            writer.add(writer.rich(instance.composition))
        else:
            writer.text("Composition non renseignée.", "Doux")


def _write_money(writer: Writer, totaux: TotauxFinancements) -> None:
    """By axe and year, one column per nature."""
    writer.heading(2, totaux.titre, style="Intertitre")
    places = totaux.reperes
    lines = [heading_line((*places, *totaux.colonnes), numbers_from=len(places))]
    for row in totaux.rangees:
        amounts = ("–" if amount is None else euros(amount) for amount in row.montants)
        cells = [text_cell(place, bold=row.est_total) for place in row.reperes]
        cells += [text_cell(amount, "CelluleChiffre", bold=row.est_total) for amount in amounts]
        lines.append(Line(tuple(cells)))
    first = [54, 28] if len(places) > 1 else [82]
    widths = [*first, *([84 / len(totaux.natures)] * len(totaux.natures))]
    writer.add(table(lines, widths, title=totaux.titre), paragraph("", "Aprestableau"))
    if totaux.phrase:
        writer.text(totaux.phrase, "Doux")


def _write_table(writer: Writer, title: str, names, rows, widths) -> None:
    writer.heading(2, title, style="Intertitre")
    lines = [heading_line(names)]
    for first, *others in rows:
        lines.append(Line((text_cell(first, "CelluleForte"), *map(text_cell, others))))
    writer.add(table(lines, widths, title=title), paragraph("", "Aprestableau"))
