"""One axe: opening, fiches, indicators, points of the year, synthetic table."""

from collections.abc import Callable, Sequence

from django.template.defaultfilters import capfirst, pluralize

from ...templatetags.bilan import fiches_de_synthese, nombre_d_objectifs
from ...tree.nodes import Axe, Fiche, Objectif, Texte
from .fiche import write_fiche
from .indicateurs import write_series
from .markup import paragraph, run
from .points import write_points
from .statuts import notch_lines, write_legend
from .tables import Cell, Line, heading_line, table, text_cell, together
from .writer import TABLEAU, Writer

#: Code, action, two statuses, remarks.
LARGEURS = (13, 44, 30, 30, 49)


def write_axe(writer: Writer, axe: Axe) -> None:
    _write_opening(writer, axe)
    for objectif in axe.objectifs:
        if objectif.fiches:
            writer.heading(2, _titled(axe, objectif))
        for fiche in objectif.fiches:
            write_fiche(writer, fiche)
    if axe.indicateurs:
        writer.heading(2, "Indicateurs", style="Intertitre")
        write_series(writer, axe.indicateurs)
    if axe.annees:
        writer.heading(
            2, "Points forts, points faibles, perspectives", anchor=f"{axe.ancre}-points"
        )
        _write_years(writer, axe)
    _write_synthesis(writer, axe)


def _write_years(writer: Writer, axe: Axe) -> None:
    for annee in axe.annees:
        if len(axe.annees) > 1:
            writer.text(str(annee.exercice), "Annee")
        write_points(writer, annee, with_phares=True)


def _titled(axe: Axe, objectif: Objectif) -> str:
    if objectif.intitule:
        return str(objectif)
    return "Hors objectif" if len(axe.objectifs) > 1 else "Fiches actions"


def _write_opening(writer: Writer, axe: Axe) -> None:
    if axe.numero:
        writer.text(axe.numero, "NumeroAxe")
    title = f"{axe.repere} : {axe.intitule}" if axe.numero else axe.intitule
    writer.heading(1, title, anchor=axe.ancre)
    _write_facts(writer, axe)
    _write_announced(writer, axe)
    writer.add(notch_lines(writer, [axe], "Réalisation et objectifs"))
    writer.add(writer.rich(axe.presentation))
    if axe.thematiques:
        writer.text(f"Thématiques : {', '.join(axe.thematiques)}.", "Doux")
    if axe.objectifs:
        _write_contents(writer, axe)
    else:
        writer.text("Aucune fiche action n’est saisie.", "Doux")


def _write_facts(writer: Writer, axe: Axe) -> None:
    comptes = axe.comptes
    fiches = str(comptes.fiches)
    if comptes.nouvelles:
        fiches += f", dont {comptes.nouvelles} nouvelle{pluralize(comptes.nouvelles)}"
    word = writer.tree.convention.mot_objectif + pluralize(len(axe.objectifs))
    facts = [
        ("Pilotage", ", ".join(axe.pilotes) or "non renseigné"),
        (word, str(nombre_d_objectifs(axe))),
        ("Fiches", fiches),
    ]
    lines = [
        heading_line(name for name, _ in facts),
        Line(tuple(text_cell(value, "CelluleForte") for _, value in facts)),
    ]
    writer.add(
        table(lines, [83, 41, 42], title=f"{axe.repere} en bref"), paragraph("", "Aprestableau")
    )


def _write_announced(writer: Writer, axe: Axe) -> None:
    announced, entered = axe.fiches_annoncees, axe.comptes.fiches
    if axe.annonce_differe:
        words = (
            f"La convention annonce {announced} fiche{pluralize(announced)} actions ; {entered}"
            f" {pluralize(entered, 'est saisie,sont saisies')}."
        )
        writer.add(paragraph(run("Le nombre annoncé diffère. ", bold=True) + run(words), "Constat"))
    elif announced is not None:
        writer.text(f"{announced} fiches actions annoncées dans la convention.", "Doux")


def _write_contents(writer: Writer, axe: Axe) -> None:
    """The fiches of the axe by objectif, with their two statuses."""
    lines = [heading_line(("Code", "Fiche", "Réalisation", "Objectifs"))]
    for objectif in axe.objectifs:
        if objectif.intitule or len(axe.objectifs) > 1:
            lines.append(_objectif_line(objectif, 4))
        lines += [_contents_line(writer, fiche) for fiche in objectif.fiches]
        if not objectif.fiches:
            empty = Cell(paragraph(run("Aucune fiche saisie."), "CelluleDouce"), span=3)
            lines.append(Line((text_cell("–", "CelluleCode"), empty)))
    title = f"Les fiches de l’axe : {axe.repere}"
    writer.add(table(lines, [15, 71, 40, 40], title=title), paragraph("", "Aprestableau"))


def _contents_line(writer: Writer, fiche: Fiche) -> Line:
    return Line(
        (
            text_cell(fiche.repere or "–", "CelluleCode"),
            text_cell(fiche.intitule),
            _status_cell(writer, fiche.realisation),
            _status_cell(writer, fiche.objectifs),
        )
    )


def _status_cell(writer: Writer, statut) -> Cell:
    return Cell(paragraph(writer.status(statut), "Cellule"))


def _objectif_line(objectif: Objectif, columns: int) -> Line:
    title = str(objectif) if objectif.intitule else "Hors objectif"
    cell = Cell(paragraph(run(title, bold=True), "Cellule"), span=columns, shaded=True)
    return Line((cell,), with_next=True)


def _write_synthesis(writer: Writer, axe: Axe) -> None:
    """The synthetic table, as the COPIL reads it."""
    if not any(fiche.dans_synthese for fiche in axe.fiches):
        return
    writer.heading(2, f"{axe.repere} : tableau de synthèse", anchor=f"{axe.ancre}-synthese")
    write_legend(writer, axe.comptes, with_next=True)
    title = f"{axe.repere} : {axe.intitule}" if axe.numero else axe.intitule
    writer.add(writer.caption(TABLEAU, title, "LegendeTableau"))
    write_table(writer, axe, LARGEURS, _remarks)


def write_table(
    writer: Writer,
    axe: Axe,
    widths: Sequence[float],
    remarks: Callable[[Writer, Fiche], str],
) -> None:
    """The rows of the synthetic table; `remarks` writes the last cell of a fiche."""
    lines = [
        heading_line(
            ("Code", "Action", "Réalisation", "Objectifs", "Remarques, analyse des écarts")
        )
    ]
    for objectif in axe.objectifs:
        rows = fiches_de_synthese(objectif)
        if rows and (objectif.intitule or len(axe.objectifs) > 1):
            lines.append(_objectif_line(objectif, 5))
        lines += [_synthesis_line(writer, fiche, remarks(writer, fiche)) for fiche in rows]
    title = f"Tableau de synthèse : {f'{axe.numero} {axe.intitule}'.strip()}"
    # The last fiche alone on a page would be an empty page.
    writer.add(table(together(lines, most=0), widths, title=title), paragraph("", "Aprestableau"))


def _synthesis_line(writer: Writer, fiche: Fiche, remarks: str) -> Line:
    origin = run(f" ({fiche.origine})", color="#4a5159") if fiche.nouvelle else ""
    return Line(
        (
            text_cell(fiche.repere or "–", "CelluleCode"),
            Cell(paragraph(run(fiche.intitule_court or fiche.intitule) + origin, "Cellule")),
            _status_cell(writer, fiche.realisation),
            _status_cell(writer, fiche.objectifs),
            Cell(remarks),
        )
    )


def _remarks(writer: Writer, fiche: Fiche) -> str:
    parts = []
    if fiche.motif_ecart:
        parts.append(paragraph(run(f"{capfirst(fiche.motif_ecart)}."), "Cellule"))
    parts.append(writer.rich(fiche.analyse or Texte(), "Cellule", width=47))
    if fiche.suite:
        parts.append(paragraph(run(f"Suite : {fiche.suite}."), "Cellule"))
    return "".join(parts)
