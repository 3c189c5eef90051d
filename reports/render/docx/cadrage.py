"""Context, calendar, signatories and key figures of the Word document."""

from ctg_portal.lib.typographie import compte

from ...tree.nodes import Comptes
from .documents import write_documents
from .indicateurs import write_series
from .markup import paragraph, run
from .statuts import notch_lines
from .tables import Cell, Line, heading_line, table, text_cell, together
from .writer import Writer

TITRE = "Cadrage et chiffres clés"


def write_cadrage(writer: Writer) -> None:
    cadrage = writer.tree.cadrage
    writer.heading(1, TITRE, anchor="cadrage")
    writer.add(writer.rich(cadrage.presentation))
    _write_identity(writer)
    _write_calendar(writer)
    _write_signatories(writer)
    documents = (*cadrage.documents, *(d for jalon in cadrage.jalons for d in jalon.documents))
    write_documents(writer, documents)
    _write_figures(writer)
    if writer.tree.indicateurs:
        writer.heading(2, "Indicateurs de la convention", style="Intertitre")
        write_series(writer, writer.tree.indicateurs)


def facts_table(facts: list[tuple[str, str]], title: str) -> str:
    """Names and values, without rules; the names are the first column."""
    lines = [
        Line((text_cell(name, "CelluleDouce"), text_cell(value, "Cellule")))
        for name, value in facts
    ]
    rows = table(together(lines), [36, 130], style="TableauNu", title=title)
    return rows + paragraph("", "Aprestableau")


def _write_identity(writer: Writer) -> None:
    convention, communes = writer.tree.convention, writer.tree.cadrage.communes
    period = (
        f"{convention.debut or 'début non renseigné'} – {convention.fin or 'fin non renseignée'}"
        if convention.debut or convention.fin
        else ""
    )
    facts = [
        ("Période", period),
        ("Signature", convention.signature or "date non renseignée"),
        ("Caf", convention.caf),
        ("Phase", convention.phase),
        ("Convention précédente", convention.precedente),
        ("Communes", ", ".join(communes)),
    ]
    known = [(name, value) for name, value in facts if value]
    writer.add(facts_table(known, "La convention"))


def _write_calendar(writer: Writer) -> None:
    jalons = writer.tree.cadrage.jalons
    if not jalons:
        return
    writer.heading(2, "Calendrier", style="Intertitre")
    lines = [heading_line(("Date", "Étape", "Nature"))]
    lines += [
        Line(
            (
                text_cell(jalon.date, "CelluleForte"),
                text_cell(jalon.intitule),
                text_cell(jalon.type or "–", "CelluleDouce"),
            )
        )
        for jalon in jalons
    ]
    writer.add(table(lines, [42, 90, 34], title="Calendrier"), paragraph("", "Aprestableau"))


def _write_signatories(writer: Writer) -> None:
    signataires = writer.tree.cadrage.signataires
    if not signataires:
        return
    writer.heading(2, "Signataires", style="Intertitre")
    lines = [heading_line(("Organisme", "Type", "Représenté par"))]
    for signataire in signataires:
        name = signataire.organisme
        if signataire.nom_court:
            name += f" ({signataire.nom_court})"
        since = f"entrée\u00a0: {signataire.entree}" if signataire.entree else ""
        lines.append(
            Line(
                (
                    Cell(
                        paragraph(run(name), "Cellule")
                        + (paragraph(run(since), "CelluleDouce") if since else "")
                    ),
                    text_cell(signataire.type or "–"),
                    text_cell(" ; ".join(signataire.representants) or "non renseigné"),
                )
            )
        )
    writer.add(table(lines, [66, 40, 60], title="Signataires"), paragraph("", "Aprestableau"))


def _write_figures(writer: Writer) -> None:
    """The four numbers, then the two statuses axe by axe."""
    tree = writer.tree
    writer.heading(2, "Chiffres clés", style="Intertitre")
    figures = key_figures(tree.comptes)
    writer.add(
        table(
            [
                Line(tuple(text_cell(str(figure), "ChiffreCle") for figure, _ in figures)),
                Line(tuple(text_cell(words, "Cellule") for _, words in figures)),
            ],
            [41.5] * 4,
            style="TableauNu",
            title="Chiffres clés",
            description=" ; ".join(f"{figure} {words}" for figure, words in figures),
        ),
        paragraph("", "Aprestableau"),
    )
    # A synthèse draws them again on the same pages, axe by axe.
    if tree.axes and not tree.en_synthese:
        writer.add(notch_lines(writer, tree.axes, "Réalisation et objectifs, axe par axe"))


def key_figures(comptes: Comptes) -> list[tuple[int, str]]:
    """The four numbers of a bilan, with their words."""
    done = comptes.nombre("realisation", "realisee")
    reached = comptes.nombre("objectifs", "atteints")
    return [
        (comptes.fiches, _noun(comptes.fiches, "fiche action", "fiches actions")),
        (done, _noun(done, "réalisée", "réalisées")),
        (reached, "aux objectifs atteints"),
        (comptes.non_renseignees, "sans réalisation renseignée"),
    ]


def _noun(number: int, singulier: str, pluriel: str) -> str:
    return compte(number, singulier, pluriel).split("\u00a0", 1)[1]
