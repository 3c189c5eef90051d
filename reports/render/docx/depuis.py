"""What changed since the last arrêté, and what the COPIL said of this one."""

from collections.abc import Sequence

from django.template.defaultfilters import capfirst

from ...tree.nodes import Arrete, Comparaison
from ...tree.nodes.comparaison import FicheComparee, IndicateurCompare, PerspectiveSuivie
from .markup import paragraph, run
from .tables import Cell, Line, heading_line, table, text_cell
from .writer import Writer

AVIS = "Avis du comité de pilotage"


def write_depuis(writer: Writer, depuis: Comparaison) -> None:
    writer.heading(1, depuis.titre, anchor="depuis")
    writer.text(f"Différences avec « {depuis.avant} ».", "Doux")
    if depuis.vide:
        writer.text("Rien n’a changé depuis.")
    if depuis.mouvements:
        writer.heading(2, "Statuts qui ont changé", style="Intertitre")
        _write_moves(writer, depuis.mouvements)
    _write_list(
        writer,
        "Nouvelles fiches",
        [f"{line.fiche} ({line.axe})" for line in depuis.nouvelles],
    )
    _write_list(
        writer,
        "Fiches qui n’y sont plus",
        [f"{line.fiche} ({line.axe})" for line in depuis.disparues],
    )
    _write_list(
        writer,
        "Fiches renommées",
        [f"{line.fiche}, auparavant « {line.ancien_nom} »" for line in depuis.renommees],
    )
    _write_list(writer, "Indicateurs", [in_words(line) for line in depuis.indicateurs])
    if depuis.perspectives:
        writer.heading(2, "Ce que sont devenues les perspectives", style="Intertitre")
        for line in depuis.perspectives:
            writer.add(paragraph(_perspective(line), "ListBullet"))


def _write_list(writer: Writer, title: str, lines: Sequence[str]) -> None:
    if lines:
        writer.heading(2, title, style="Intertitre")
        for line in lines:
            writer.text(line, "ListBullet")


def _write_moves(writer: Writer, moves: Sequence[FicheComparee]) -> None:
    lines = [heading_line(("Fiche", "Statut", "Avant", "Après"))]
    for move in moves:
        for rank, change in enumerate(move.changements):
            lines.append(
                Line(
                    (
                        text_cell("" if rank else str(move.fiche)),
                        text_cell(change.nom),
                        Cell(paragraph(writer.status(change.avant), "Cellule")),
                        Cell(paragraph(writer.status(change.apres), "Cellule")),
                    )
                )
            )
    writer.add(
        table(lines, [68, 26, 36, 36], title="Statuts qui ont changé"),
        paragraph("", "Aprestableau"),
    )


def in_words(line: IndicateurCompare) -> str:
    """New values, corrected values and change of unit of an indicator, in one sentence."""
    name = f"{line.rattachement} {line.intitule}".strip()
    if line.unite:
        name += f" ({line.unite})"
    parts = []
    if line.nouvelles:
        news = ", ".join(f"{point.affichage} {point.quand}" for point in line.nouvelles)
        parts.append(news + _change(line))
    elif line.variation:
        parts.append(_change(line).strip())
    parts += [
        f"{found.apres.affichage} {found.apres.quand}, au lieu de {found.avant.affichage}"
        for found in line.corrections
    ]
    if line.ancienne_unite:
        parts.append(f"l’unité était « {line.ancienne_unite} »")
    return f"{name} : {' ; '.join(parts)}."


def _change(line: IndicateurCompare) -> str:
    if not line.variation:
        return ""
    start = line.variation.de
    return f" ({line.variation.affichage} depuis {start.affichage} {start.quand})"


def _perspective(line: PerspectiveSuivie) -> str:
    became = capfirst(line.devenir) if line.connu else "Devenir non renseigné"
    fiche = f" ({line.fiche})" if line.fiche else ""
    return run(f"{line.texte} ") + run(became, bold=True) + run(fiche)


def write_avis(writer: Writer, arrete: Arrete) -> None:
    """The avis of the COPIL, then who froze this bilan and when."""
    writer.heading(1, AVIS, anchor="avis")
    writer.add(writer.rich(arrete.avis))
    author = f", par {arrete.auteur}" if arrete.auteur else ""
    meeting = f". Réunion : {arrete.reunion}" if arrete.reunion else ""
    writer.add(paragraph(run(writer.tree.etat, bold=True) + run(f"{author}{meeting}.")))
    if arrete.motif:
        writer.text(f"Motif de cette version : {arrete.motif}")
