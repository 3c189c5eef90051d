"""Meetings with attendance, agenda and decisions; what is still open."""

from collections.abc import Sequence

from ctg_portal.lib.typographie import compte

from ...tree.nodes import Decision, Gouvernance, Reunion
from .documents import write_documents
from .markup import paragraph, run
from .tables import Cell, Line, heading_line, table, text_cell
from .writer import Writer


def write_gouvernance(writer: Writer) -> None:
    gouvernance = writer.tree.gouvernance
    writer.heading(1, "Gouvernance", anchor="gouvernance")
    if writer.tree.en_synthese:
        _write_in_short(writer, gouvernance)
    else:
        for reunion in gouvernance.reunions:
            _write_meeting(writer, reunion)
    if gouvernance.a_suivre:
        writer.heading(2, "Décisions antérieures encore ouvertes", style="Intertitre")
        _write_decisions(writer, gouvernance.a_suivre, with_meeting=True)


def _write_in_short(writer: Writer, gouvernance: Gouvernance) -> None:
    """Instances and decisions, a line each."""
    if gouvernance.activites:
        lines = [heading_line(("Instance", "Réunions tenues", "Dernière"))]
        for one in gouvernance.activites:
            cells = (one.instance, str(one.tenues), one.derniere or "date non renseignée")
            lines.append(Line(tuple(map(text_cell, cells))))
        writer.add(table(lines, [96, 30, 40], title="Réunions"), paragraph("", "Aprestableau"))
    if gouvernance.decisions:
        writer.heading(2, "Décisions", style="Intertitre")
        _write_decisions(writer, gouvernance.decisions, with_meeting=False)


def _write_meeting(writer: Writer, reunion: Reunion) -> None:
    writer.heading(2, reunion.nom, style="Intertitre")
    _write_with_next(writer, _when_and_where(reunion), "Doux")
    if reunion.annulee:
        reason = f" : {reunion.motif}" if reunion.motif else ", motif non renseigné"
        writer.text(f"Réunion annulée{reason}.")
    if reunion.nombre_participants is not None:
        _write_with_next(writer, f"{compte(reunion.nombre_participants, 'participant')}.")
    if reunion.participants:
        writer.heading(3, "Participants", style="SousIntertitre")
        for person in reunion.participants:
            role = f", {person.role}" if person.role else ""
            presence = f" ({person.presence})" if person.presence else ""
            writer.text(f"{person}{role}{presence}", "ListBullet")
    if reunion.ordre_du_jour:
        writer.heading(3, "Ordre du jour", style="SousIntertitre")
        number = writer.new_list()
        for point in reunion.ordre_du_jour:
            writer.add(writer.numbered(run(point), number))
    if reunion.fiches:
        word = "Fiche" if len(reunion.fiches) == 1 else "Fiches"
        writer.text(f"{word} : {', '.join(found.court for found in reunion.fiches)}", "Doux")
    writer.add(writer.rich(reunion.compte_rendu))
    if reunion.decisions:
        writer.heading(3, "Décisions", style="SousIntertitre")
        _write_decisions(writer, reunion.decisions, with_meeting=False)
    write_documents(writer, reunion.documents)


def _write_with_next(writer: Writer, text: str, style: str = "") -> None:
    """On the page of what follows: a meeting does not begin at the foot of a page."""
    writer.add(paragraph(run(text), style, properties="<w:keepNext/>"))


def _when_and_where(reunion: Reunion) -> str:
    when = ", ".join(filter(None, (reunion.date or "date non renseignée", reunion.heure)))
    instances = ", ".join(reunion.instances) if reunion.titre else ""
    visio = "visioconférence" if reunion.visio else ""
    return " · ".join(filter(None, (when, reunion.lieu, visio, instances, reunion.etat)))


def _write_decisions(writer: Writer, decisions: Sequence[Decision], *, with_meeting: bool) -> None:
    lines = [heading_line(("Décision", "Responsable", "Échéance", "État"))]
    for decision in decisions:
        content = paragraph(run(decision.texte), "Cellule")
        if decision.fiche:
            content += paragraph(run(f"Fiche {decision.fiche}"), "CelluleDouce")
        if with_meeting and decision.reunion:
            content += paragraph(run(decision.reunion), "CelluleDouce")
        lines.append(
            Line(
                (
                    Cell(content),
                    text_cell(decision.responsable or "–"),
                    text_cell(decision.echeance or "–"),
                    text_cell(decision.etat or "non renseigné"),
                )
            )
        )
    writer.add(table(lines, [82, 34, 26, 24], title="Décisions"), paragraph("", "Aprestableau"))
