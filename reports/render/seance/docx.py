"""A paper of a meeting as a Word document, to be taken up in a word processor."""

import dataclasses
from collections.abc import Iterable, Sequence

from django.template.defaultfilters import capfirst

from ...seance.nodes import Convocation, Emargement, Fait, Papier, Releve
from ...tree.nodes import Decision, Document, Participant
from ..docx import written
from ..docx.drawings import flat_color
from ..docx.markup import external_link, paragraph, run
from ..docx.pictures import Size, page_picture
from ..docx.rich_text import numbering
from ..docx.styles import PUCES
from ..docx.tables import Cell, Line, heading_line, table, text_cell
from ..docx.writer import Writer

#: Room to write by hand, in millimetres: a fact, a decision, somebody who signs.
HAUT_FAIT, HAUT_DECISION, HAUT_SIGNATURE = 9, 12, 13.5
LARGEURS_FAITS = (42, 124)
LARGEURS_EMARGEMENT = (41, 42, 40, 43)
LARGEURS_DECISIONS = (78, 36, 30, 22)
PERSONNES_EN_COLONNES = 6
LARGEUR_TRANCHE = 5


def render_docx(papier: Papier) -> bytes:
    """The paper with real styles, headings and tables."""

    def write(writer: Writer) -> None:
        _write_head(writer, papier)
        WRITERS[type(papier)](writer, papier)
        writer.add(writer.only_section(papier.nature, papier.objet, papier.pied))

    return written(papier, papier.images, write)


# --- The papers -------------------------------------------------------------------------------


def _write_convocation(writer: Writer, papier: Convocation) -> None:
    writer.text(papier.invitation, "Avis" if papier.seance.annulee else "Chapeau")
    _write_facts(writer, papier.reperes, "Date et lieu")
    _write_agenda(writer, papier)
    _write_documents(writer, papier.documents, "Documents joints")
    writer.heading(2, "Personnes invitées", style="Intertitre")
    _write_people(writer, papier.invites)
    for instance in papier.compositions:
        writer.heading(3, instance.nom, style="SousIntertitre")
        writer.add(writer.rich(instance.composition))
    if not papier.invites and not papier.compositions:
        _write_lines(writer, 3)
    _write_end(writer, (*papier.contact, *papier.signature), "Contact et signature")


def _write_emargement(writer: Writer, papier: Emargement) -> None:
    if papier.seance.en_bref:
        writer.text(capfirst(papier.seance.en_bref), "Chapeau")
    if papier.seance.a_completer:
        _write_facts(writer, papier.seance.a_completer, "À compléter")
    if papier.seance.annulee:
        writer.text(papier.annonce, "Avis")
    else:
        lines = _rows_to_sign(papier)
        writer.add(
            table(lines, LARGEURS_EMARGEMENT, style="TableauASigner", title="Émargement"), _AFTER
        )
    if papier.excuses:
        writer.heading(2, "Excusés", style="Intertitre")
        _write_people(writer, papier.excuses)


def _write_releve(writer: Writer, papier: Releve) -> None:
    if papier.seance.annulee:
        writer.text(papier.seance.annulation, "Avis")
    _write_facts(writer, papier.reperes, "Repères de la réunion")
    _write_presences(writer, papier)
    _write_agenda(writer, papier)
    _write_minutes(writer, papier)
    writer.heading(2, "Décisions", style="Intertitre")
    if papier.decisions or papier.rangs_libres:
        _write_decisions(writer, papier.decisions, "Décisions", free=len(papier.rangs_libres))
    else:
        writer.text("Aucune décision n’est saisie.", "Doux")
    if papier.a_suivre:
        title = "Décisions antérieures encore ouvertes"
        writer.heading(2, title, style="Intertitre")
        _write_decisions(writer, papier.a_suivre, title, with_meeting=True)
    _write_documents(writer, papier.documents, "Documents de la séance")
    _write_end(writer, papier.suite, "Suite et signature")


WRITERS = {
    Convocation: _write_convocation,
    Emargement: _write_emargement,
    Releve: _write_releve,
}

# --- Their parts ------------------------------------------------------------------------------

_AFTER = paragraph("", "Aprestableau")


def _write_head(writer: Writer, papier: Papier) -> None:
    """The brand, the name of the paper and the meeting."""
    convention = papier.convention
    logo = writer.media(convention.logo)
    brand = page_picture(
        writer.relation(flat_color(writer.accent)), writer.number(), Size(LARGEUR_TRANCHE, 297)
    )
    if logo:
        size = Size.of_pixels(logo, max_width=42, max_height=17)
        brand += writer.picture(logo, size, f"Logo : {convention.territoire}") + run("\n")
    kind = capfirst(convention.type_territoire)
    brand += run(convention.territoire, bold=True) + run(f"\t{convention.nom}")
    if kind or convention.caf:
        brand += run(f"\n{kind}\t{convention.caf}")
    writer.add(paragraph(brand, "Entete"))
    writer.heading(1, papier.nature, style="Papier")
    writer.text(papier.seance.nom, "Seance")


def _write_facts(writer: Writer, facts: Iterable[Fait], title: str) -> None:
    """Names and values between hairlines: an empty value is a line to write on."""
    lines = [
        Line(
            (text_cell(fact.nom, "CelluleDouce"), Cell(_value(writer, fact))),
            height=HAUT_SIGNATURE if fact.signature else 0 if fact.valeur else HAUT_FAIT,
        )
        for fact in facts
    ]
    writer.add(table(lines, LARGEURS_FAITS, title=title), _AFTER)


def _value(writer: Writer, fact: Fait) -> str:
    if fact.lien:
        link = external_link(writer.link(fact.lien), run(fact.valeur, style="Hyperlink"))
        return paragraph(link, "Cellule")
    return paragraph(run(fact.valeur), "CelluleForte")


def _write_end(writer: Writer, facts: Iterable[Fait], title: str) -> None:
    writer.add(_AFTER)
    _write_facts(writer, facts, title)


def _write_lines(writer: Writer, number: int) -> None:
    """Lines to be written by hand."""
    for _ in range(number):
        writer.text("", "AEcrire")


def _write_agenda(writer: Writer, papier: Convocation | Releve) -> None:
    if not papier.ordre_du_jour and papier.seance.annulee:
        return
    writer.heading(2, "Ordre du jour", style="Intertitre")
    if not papier.ordre_du_jour:
        _write_lines(writer, 3)
        return
    number = writer.new_list()
    writer.add(*(writer.numbered(run(point), number) for point in papier.ordre_du_jour))


def _write_people(writer: Writer, people: Sequence[Participant]) -> None:
    """One item each; side by side, two in a row, from six on."""
    bullet = numbering(0, PUCES)
    items = [paragraph(_named(person), "PuceCellule", properties=bullet) for person in people]
    if len(items) < PERSONNES_EN_COLONNES:
        writer.add(*items)
        return
    items += [paragraph("", "Cellule")] * (len(items) % 2)
    pairs = zip(items[::2], items[1::2], strict=True)
    lines = [Line((Cell(left), Cell(right))) for left, right in pairs]
    writer.add(table(lines, (83, 83), style="TableauNu", title="Personnes"), _AFTER)


def _named(person: Participant) -> str:
    return run(str(person)) + (run(f" ({person.role})", color=_GRIS) if person.role else "")


_GRIS = "#4a5159"


def _write_documents(writer: Writer, documents: Sequence[Document], title: str) -> None:
    if not documents:
        return
    writer.heading(2, title, style="Intertitre")
    for found in documents:
        content = run(found.legende)
        if found.lien:
            link = external_link(writer.link(found.lien), run(found.lien, style="Hyperlink"))
            content += run("\u00a0: ") + link
        elif found.fichier:
            content += run(f" ({found.fichier})", color=_GRIS)
        writer.add(paragraph(content, "ListBullet"))


def _write_presences(writer: Writer, papier: Releve) -> None:
    if papier.presences or papier.presences_libres:
        writer.heading(2, "Présences", style="Intertitre")
    for words, people in papier.presences:
        writer.heading(3, f"{words} ({len(people)})", style="SousIntertitre")
        _write_people(writer, people)
    if papier.presences_libres:
        _write_facts(writer, papier.presences_libres, "Présences")


def _write_minutes(writer: Writer, papier: Releve) -> None:
    writer.heading(2, "Compte rendu", style="Intertitre")
    if papier.compte_rendu:
        writer.add(writer.rich(papier.compte_rendu))
    elif papier.seance.annulee:
        writer.text("Non renseigné.", "Doux")
    else:
        _write_lines(writer, 5)


def _rows_to_sign(papier: Emargement) -> list[Line]:
    """Who is expected, whoever else comes, how many they were."""
    lines = [heading_line(("Nom", "Qualité", "Organisme", "Signature"))]
    lines += map(_signing, papier.attendus)
    if papier.attendus:
        others = text_cell("Autres personnes présentes", bold=True)
        lines.append(Line((Cell(others.content, span=4, shaded=True),), with_next=True))
    lines += _blank(len(papier.rangs_libres), HAUT_SIGNATURE)
    # The count never stands alone on a page.
    lines[-1] = dataclasses.replace(lines[-1], with_next=True)
    total = text_cell("Nombre de présents\u00a0:", bold=True)
    return [*lines, Line((Cell(total.content, span=4),), height=HAUT_SIGNATURE)]


def _signing(person: Participant) -> Line:
    quality = run(person.qualite) + (run(f" ({person.role})", color=_GRIS) if person.role else "")
    return Line(
        (
            text_cell(person.nom, "CelluleForte"),
            Cell(paragraph(quality, "Cellule")),
            text_cell(person.organisme),
            text_cell(""),
        ),
        height=HAUT_SIGNATURE,
    )


def _blank(number: int, height: float, *, together: bool = False) -> list[Line]:
    """Rows to be written by hand, on one page where they stay `together`."""
    cells = (text_cell(""),) * 4
    return [
        Line(cells, height=height, with_next=together and rank < number)
        for rank in range(1, number + 1)
    ]


def _write_decisions(
    writer: Writer,
    decisions: Sequence[Decision],
    title: str,
    *,
    free: int = 0,
    with_meeting: bool = False,
) -> None:
    lines = [heading_line(("Décision", "Responsable", "Échéance", "État"))]
    for decision in decisions:
        content = paragraph(run(decision.texte), "Cellule")
        if decision.fiche:
            content += paragraph(run(f"Fiche {decision.fiche}"), "CelluleDouce")
        if with_meeting:
            content += paragraph(run(decision.reunion), "CelluleDouce")
        others = (decision.responsable, decision.echeance, decision.etat or "non renseigné")
        lines.append(Line((Cell(content), *map(text_cell, others))))
    lines += _blank(free, HAUT_DECISION, together=True)
    writer.add(table(lines, LARGEURS_DECISIONS, title=title), _AFTER)
