"""One fiche action; what is not known leaves no trace but the statuses."""

from collections.abc import Sequence
from itertools import pairwise

from ctg_portal.lib.typographie import euros

from ...templatetags.bilan import reperes
from ...tree.nodes import Fiche, Financements, Realisation, Resultat, Texte, Volet
from .cadrage import facts_table
from .documents import write_documents
from .indicateurs import write_series
from .markup import paragraph, run
from .tables import Cell, Line, heading_line, table, text_cell, together
from .writer import Writer


def write_fiche(writer: Writer, fiche: Fiche) -> None:
    code = (fiche.repere or "Sans code") if writer.tree.avec_codes else ""
    writer.heading(3, fiche.intitule, anchor=fiche.ancre, code=code)
    _write_head(writer, fiche)
    for title, texte in (
        ("Contexte", fiche.contexte),
        ("Public", fiche.public),
        ("Moyens", fiche.moyens),
        ("Échéancier", fiche.echeancier),
    ):
        _write_text(writer, title, texte)
    if fiche.resultats:
        writer.heading(4, "Résultats attendus")
        _write_results(writer, fiche.resultats)
    if fiche.realisations:
        writer.heading(4, "Ce qui a été fait")
        write_done(writer, fiche.realisations)
    for volet in fiche.volets:
        _write_volet(writer, volet)
    for point in fiche.points_etape:
        _write_text(writer, f"Point d’étape {point.exercice}", point.texte)
    _write_gaps(writer, fiche)
    if fiche.indicateurs:
        writer.heading(4, "Indicateur" if len(fiche.indicateurs) == 1 else "Indicateurs")
        write_series(writer, fiche.indicateurs)
    _write_means(writer, fiche)


def _write_head(writer: Writer, fiche: Fiche) -> None:
    statuses = (fiche.suivi, fiche.realisation, fiche.objectifs)
    cells = tuple(Cell(paragraph(writer.status(found), "Cellule")) for found in statuses)
    # The head of a fiche alone at the foot of a page would tell nothing of it.
    lines = [heading_line(("Suivi", "Réalisation", "Objectifs")), Line(cells, with_next=True)]
    writer.add(table(lines, [55, 55, 56], title="Statuts de la fiche"))
    writer.add(paragraph("", "Aprestableau", properties="<w:keepNext/>"))
    short = fiche.intitule_court if fiche.intitule_court != fiche.intitule else ""
    facts = [("Origine", fiche.origine), ("Titre court", short), *reperes(fiche)]
    facts = [(name, value) for name, value in facts if value]
    if facts:
        writer.heading(4, "Repères")
        writer.add(facts_table(facts, "Repères de la fiche"))


def _write_text(writer: Writer, title: str, texte: Texte) -> None:
    if texte:
        writer.heading(4, title)
        writer.add(writer.rich(texte))


def _write_results(writer: Writer, resultats: Sequence[Resultat]) -> None:
    """As signed; with a column for what was reached where at least one says so."""
    if not any(resultat.renseigne for resultat in resultats):
        for resultat in resultats:
            if resultat.intertitre:
                writer.text(resultat.intertitre, "IntituleListe")
            style = "ListBullet2" if resultat.niveau > 1 else "ListBullet"
            writer.text(resultat.texte, style)
            if resultat.texte_actuel:
                writer.text(f"Aujourd’hui : {resultat.texte_actuel}", "Devenir")
        return
    lines = [heading_line(("Résultat attendu", "Atteint"))]
    for resultat in resultats:
        if resultat.intertitre:
            title = Cell(paragraph(run(resultat.intertitre), "CelluleForte"), span=2)
            lines.append(Line((title,), with_next=True))
        style = "CelluleRetrait" if resultat.niveau > 1 else "Cellule"
        content = paragraph(run(resultat.texte), style)
        if resultat.texte_actuel:
            words = f"Aujourd’hui : {resultat.texte_actuel}"
            content += paragraph(run(words), "CelluleDouce")
        reached = writer.status(resultat.atteint) if resultat.renseigne else ""
        lines.append(Line((Cell(content), Cell(paragraph(reached, "Cellule")))))
    writer.add(table(lines, [128, 38], title="Résultats attendus"), paragraph("", "Aprestableau"))


def write_done(writer: Writer, realisations: Sequence[Realisation]) -> None:
    """A dated table, or a list where nothing is dated."""
    if not any(done.date for done in realisations):
        for done in realisations:
            writer.add(writer.item(_with_place(done), level=done.niveau - 1))
        return
    lines = [heading_line(("Date", "Ce qui a été fait"))]
    before = (None, *realisations)
    for previous, done in pairwise(before):
        is_same = previous and previous.date == done.date and done.niveau > 1
        style = "CelluleRetrait" if done.niveau > 1 else "Cellule"
        date = text_cell("" if is_same else done.date, "CelluleDouce")
        text = Cell(writer.rich(_with_place(done), style, width=128))
        lines.append(Line((date, text)))
    writer.add(table(lines, [36, 130], title="Ce qui a été fait"), paragraph("", "Aprestableau"))


def _with_place(done: Realisation) -> Texte:
    """The text, with its place and figure at its end."""
    if not done.precision:
        return done.texte
    text = done.texte.brut.rstrip()
    is_one_paragraph = done.texte.html.count("<p>") == 1 and done.texte.html.endswith("</p>")
    return Texte(f"{text}{' ' if is_one_paragraph else chr(10) * 2}({done.precision})")


def _write_volet(writer: Writer, volet: Volet) -> None:
    writer.heading(4, volet.titre)
    writer.add(writer.rich(volet.texte))
    if volet.realisations:
        write_done(writer, volet.realisations)
    if volet.indicateurs:
        write_series(writer, volet.indicateurs)
    write_documents(writer, volet.documents)


def _write_gaps(writer: Writer, fiche: Fiche) -> None:
    if fiche.motif_ecart or fiche.analyse:
        writer.heading(4, "Écarts et analyse")
        if fiche.motif_ecart:
            writer.text(f"Motif : {fiche.motif_ecart}.")
        writer.add(writer.rich(fiche.analyse))


def _write_means(writer: Writer, fiche: Fiche) -> None:
    if fiche.partenaires:
        writer.heading(4, "Partenaires")
        named = [
            f"{partner.organisme} ({partner.role})" if partner.role else partner.organisme
            for partner in fiche.partenaires
        ]
        writer.text(" ; ".join(named))
    if fiche.financements:
        writer.heading(4, "Financements")
        _write_money(writer, fiche.financements)
    if fiche.reunions:
        writer.heading(4, "Réunions")
        _write_meetings(writer, fiche)
    if fiche.documents:
        writer.heading(4, "Documents")
        write_documents(writer, fiche.documents)


def _write_money(writer: Writer, financements: Financements) -> None:
    lines = [heading_line(("Financeur et objet", "Année", "Nature", "Montant"), numbers_from=3)]
    for line in financements.lignes:
        name = f"{line.financeur} : {line.objet}" if line.objet else line.financeur
        name += f" ({line.volet})" if line.volet else ""
        amount = "montant non renseigné" if line.montant is None else euros(line.montant)
        lines.append(
            Line(
                (
                    text_cell(name),
                    text_cell(str(line.annee or "–")),
                    text_cell(line.nature or "–"),
                    text_cell(amount, "CelluleChiffre"),
                )
            )
        )
    for nature, total in financements.totaux:
        words = f"Total des montants connus{f', {nature}' if nature else ''}"
        label = Cell(paragraph(run(words), "CelluleForte"), span=3)
        lines.append(Line((label, text_cell(euros(total), "CelluleChiffre", bold=True))))
    rows = table(together(lines), [86, 20, 26, 34], title="Financements")
    writer.add(rows, paragraph("", "Aprestableau"))


def _write_meetings(writer: Writer, fiche: Fiche) -> None:
    lines = [heading_line(("Date", "Réunion"))]
    for meeting in fiche.reunions:
        words = ", ".join(filter(None, (meeting.titre, meeting.lieu, meeting.participants)))
        if meeting.etat and meeting.etat != "tenue":
            words += f" ({meeting.etat})"
        date = text_cell(meeting.date or "sans date", "CelluleDouce")
        lines.append(Line((date, text_cell(words))))
    writer.add(table(lines, [36, 130], title="Réunions"), paragraph("", "Aprestableau"))
