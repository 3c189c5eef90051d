"""The parts of the Word document, in the order of the bilan; each begins a page."""

from .annexes import write_annexes
from .axe import write_axe
from .cadrage import write_cadrage
from .couverture import write_cover, write_sommaire
from .depuis import AVIS, write_avis, write_depuis
from .gouvernance import write_gouvernance
from .points import write_phares
from .writer import Writer

SOMMAIRE = "Sommaire"


def write_document(writer: Writer) -> None:
    """Write the whole body. The sommaire comes last: it lists the headings that were written."""
    tree = writer.tree
    write_cover(writer)
    place = len(writer.body)
    write_cadrage(writer)
    if tree.depuis:
        write_depuis(writer, tree.depuis)
        writer.end_section(tree.depuis.titre)
    for axe in tree.axes:
        write_axe(writer, axe)
        writer.end_section(f"{axe.repere} · {axe.nom_court}")
    if tree.annees:
        write_phares(writer)
        writer.end_section(tree.titre_annees)
    if tree.gouvernance.reunions or tree.gouvernance.a_suivre:
        write_gouvernance(writer)
        writer.end_section("Gouvernance")
    if tree.conclusion:
        writer.heading(1, "Conclusion", anchor="conclusion")
        writer.add(writer.rich(tree.conclusion))
        writer.end_section("Conclusion")
    if tree.arrete:
        write_avis(writer, tree.arrete)
        writer.end_section(AVIS)
    write_annexes(writer)
    rest, writer.body[place:] = writer.body[place:], []
    write_sommaire(writer)
    writer.end_section(SOMMAIRE)
    writer.add(*rest, writer.last_section("Annexes"))
