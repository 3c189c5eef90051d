"""Indicators: native charts, tables with their changes, notes."""

from collections.abc import Sequence

from indicators.series import Serie, Variation

from ..mise_en_page import TableauSeries, notes_of
from .charts import Chart, chart_of
from .markup import paragraph, run
from .pictures import Size
from .tables import LARGEUR, Cell, Line, heading_line, table, text_cell
from .writer import GRAPHIQUE, TABLEAU, Writer


def write_series(writer: Writer, series: Sequence[Serie]) -> None:
    """The series gathered by periods: charts, table, notes; then those without any value."""
    for found in writer.mise.tableaux(tuple(series)):
        for title, drawn in found.traces:
            chart = chart_of(drawn)
            picture = writer.chart(chart, Size(LARGEUR, _height(chart)))
            writer.add(paragraph(picture, "Image"), writer.caption(GRAPHIQUE, title))
        _write_table(writer, found)
        _write_notes(writer, found)
    for serie in writer.mise.sans_valeur(tuple(series)):
        writer.text(f"{serie.intitule} : aucune valeur renseignée.", "Doux")


def _height(chart: Chart) -> float:
    if not chart.is_bars:
        return 56.0
    return 18.0 + 13.0 * len(chart.categories)


def _write_table(writer: Writer, found: TableauSeries) -> None:
    title = " ; ".join(serie.intitule for serie in found.series)
    writer.add(
        writer.caption(TABLEAU, title, "LegendeTableau"),
        _turned(found, title) if found.tourne else _straight(found, title),
        paragraph("", "Aprestableau"),
    )


def _straight(found: TableauSeries, title: str) -> str:
    """One row per indicator, one column per period."""
    names = ["Indicateur", *found.colonnes]
    change = 26.0 if found.avec_variation else 0.0
    if change:
        names.append("Évolution")
    lines = [heading_line(names, numbers_from=1)]
    for ligne in found.lignes:
        cells = [Cell(paragraph(_named(ligne.serie), "Cellule"))]
        cells += [_value(cellule) for cellule in ligne.cellules]
        if change:
            cells.append(_change(ligne.serie.variation))
        lines.append(Line(tuple(cells)))
    first = 48.0
    width = (LARGEUR - first - change) / len(found.colonnes)
    widths = [first, *[width] * len(found.colonnes), *([change] if change else [])]
    return table(lines, widths, title=title)


def _turned(found: TableauSeries, title: str) -> str:
    """One row per period, one column per indicator."""
    is_number = not found.en_mots
    titles = [
        f"{serie.intitule} ({serie.unite})" if serie.unite else serie.intitule
        for serie in found.series
    ]
    lines = [heading_line(("Période", *titles), numbers_from=1 if is_number else None)]
    for period, cellules in found.lignes_tournees:
        cells = [text_cell(period), *(_value(cellule, is_number) for cellule in cellules)]
        lines.append(Line(tuple(cells)))
    if found.avec_variation:
        cells = [text_cell("Évolution", "CelluleForte")]
        cells += [_change(serie.variation) for serie in found.series]
        lines.append(Line(tuple(cells)))
    first = 36.0
    widths = [first, *[(LARGEUR - first) / len(titles)] * len(titles)]
    return table(lines, widths, title=title)


def _named(serie: Serie) -> str:
    unit = run(f" ({serie.unite})", color="#4a5159") if serie.unite else ""
    return run(serie.intitule) + unit


def _value(cellule, is_number: bool = True) -> Cell:
    # In brackets: without its raised place, in a text that is pasted, it stays out of the figure.
    note = run(f"({cellule.rang_note})", raised=True) if cellule.rang_note else ""
    style = "CelluleChiffre" if is_number else "Cellule"
    return Cell(paragraph(run(cellule.texte) + note, style))


def _change(variation: Variation | None) -> Cell:
    if variation is None:
        return text_cell("–", "CelluleChiffre")
    words = variation.ecart_affiche
    if variation.pourcent_affiche:
        words += f"\n{variation.pourcent_affiche}"
    return text_cell(words, "CelluleChiffre")


def _write_notes(writer: Writer, found: TableauSeries) -> None:
    if found.avec_vide:
        writer.text("– : non renseigné.", "Petit")
    for serie in found.series:
        before = f"{serie.intitule}, " if len(found.series) > 1 else ""
        for rank, note in notes_of(serie):
            writer.add(paragraph(run(f"({rank}) ", bold=True) + run(before + note), "Petit"))
        for line in _remarks(serie):
            writer.text(line, "Petit")
    for serie in found.series:
        if serie.ecart_imprime:
            writer.add(
                paragraph(
                    run("Un chiffre imprimé diffère du calcul. ", bold=True)
                    + run(
                        f"{serie.intitule} : le document d’origine imprime « "
                        f"{serie.variation_imprimee} » ; les valeurs donnent "
                        f"{serie.variation.ecart_complet}."
                    ),
                    "Constat",
                )
            )


def _remarks(serie: Serie) -> list[str]:
    """Target, starting value, structure, note and printed change, where they are known."""
    lines = []
    start = serie.valeur_initiale_affichee
    if serie.cible_affichee:
        period = f" ({serie.cible_periode})" if serie.cible_periode else ""
        tail = f" ; valeur initiale : {start}" if start else ""
        lines.append(f"{serie.intitule}, cible : {serie.cible_affichee}{period}{tail}.")
    elif start:
        lines.append(f"{serie.intitule}, valeur initiale : {start}.")
    if serie.structure and serie.structure not in serie.intitule:
        lines.append(f"{serie.intitule}, structure : {serie.structure}.")
    if serie.note:
        lines.append(serie.note)
    if serie.variation_imprimee and not serie.ecart_imprime:
        lines.append(
            f"{serie.intitule}, évolution imprimée par le document d’origine :"
            f" « {serie.variation_imprimee} »."
        )
    return lines
