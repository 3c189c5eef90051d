"""Indicators: one slide per chart, and tables for the values that cannot be drawn."""

from collections.abc import Sequence

from ctg_portal.lib.typographie import NBSP
from indicators.charts import est_tracable
from indicators.series import Serie

from ..render.mise_en_page import notes_of
from .colonnes import diapositives_de_texte
from .composition import hauteur_totale, titre_de
from .slides import LARGEUR_UTILE, Cellule, Diapositive, Graphique, Ligne, Role
from .tableaux import BLANC_LIGNE, hauteur_de, tableaux

#: Columns of the table beside a chart; one higher than the chart has slides of its own.
LARGEURS_VALEURS = (170, 130)
#: Space around the words of a row of that table, on both sides together.
BLANC_VALEUR = 10
#: Heights of a chart, in pixels, and the space under it.
HAUTEUR_MAX, HAUTEUR_MIN, ENTRE_DESSIN_ET_LEGENDES = 400, 250, 24
ENTETES = ("Période", "Valeur")


def diapositives_des_series(series: Sequence[Serie], *, surtitre: str) -> list[Diapositive]:
    """Charts first, in the order of the indicators, then the other values in tables."""
    found: list[Diapositive] = []
    for serie in series:
        if est_tracable(serie):
            found += _graphique(serie, surtitre)
    others = [serie for serie in series if not est_tracable(serie)]
    return found + (_valeurs(others, "Indicateurs, en chiffres", surtitre) if others else [])


def nom_de(serie: Serie) -> str:
    return f"{serie.intitule} ({serie.unite})" if serie.unite else serie.intitule


def _graphique(serie: Serie, surtitre: str) -> list[Diapositive]:
    """A chart and its table; what has no room beside or under it comes on the next slides."""
    title, rows, said = nom_de(serie), _lignes(serie), _legendes(serie)
    room = titre_de(title, surtitre).reste - ENTRE_DESSIN_ET_LEGENDES
    left = room - hauteur_totale(said, LARGEUR_UTILE)
    is_under = left >= HAUTEUR_MIN
    high = min(HAUTEUR_MAX, left if is_under else room)
    is_beside = sum(hauteurs_des_valeurs(rows)) <= high
    chart = Graphique(
        titre=title,
        surtitre=surtitre,
        serie=serie,
        entetes=ENTETES,
        lignes=tuple(rows) if is_beside else (),
        legendes=said if is_under else (),
        hauteur=high,
        notes=_notes(serie),
    )
    slides: list[Diapositive] = [chart]
    if not is_beside:
        slides += _valeurs([serie], f"{serie.intitule}{NBSP}: les valeurs", surtitre)
    if not is_under:
        slides += diapositives_de_texte(
            said, titre=f"{serie.intitule}{NBSP}: à savoir", surtitre=surtitre
        )
    return slides


def hauteurs_des_valeurs(lignes) -> list[int]:
    """The height of each row of the table beside a chart, header first."""
    rows = [tuple(map(Cellule, row)) for row in (ENTETES, *lignes)]
    return [hauteur_de(row, LARGEURS_VALEURS) - BLANC_LIGNE + BLANC_VALEUR for row in rows]


def _lignes(serie: Serie) -> list[tuple[str, str]]:
    """Period and value in words; a year without value keeps its place."""
    by_year = {point.annee for point in serie.points}
    rows = [(point.annee or 0, point) for point in serie.points]
    rows += [(year, None) for year in serie.annees if year not in by_year]
    rows.sort(key=lambda row: row[0])
    return [
        (f"{point.label} (prév.)" if point.previsionnelle else point.label, point.affichage or "–")
        if point
        else (str(year), "–")
        for year, point in rows
    ]


def _legendes(serie: Serie) -> tuple[Ligne, ...]:
    """The change, the target, what the original document printed, the notes."""
    said = []
    if serie.variation:
        said.append(_evolution(serie))
    if serie.cible_affichee:
        when = f" ({serie.cible_periode})" if serie.cible_periode else ""
        said.append(f"Cible{NBSP}: {serie.cible_affichee}{when}")
    if serie.valeur_initiale_affichee:
        said.append(f"Valeur initiale{NBSP}: {serie.valeur_initiale_affichee}")
    lines = [Ligne(Role.DETAIL, " · ".join(said))] if said else []
    if serie.ecart_imprime:
        lines.append(Ligne(Role.DETAIL, serie.ecart_en_mots, signe="alerte"))
    elif serie.variation_imprimee:
        quoted = f"«{NBSP}{serie.variation_imprimee}{NBSP}»"
        lines.append(
            Ligne(Role.DETAIL, f"Évolution imprimée par le document d’origine{NBSP}: {quoted}")
        )
    lines += [Ligne(Role.DETAIL, f"{rank}. {note}") for rank, note in notes_of(serie)]
    return tuple(lines)


def _evolution(serie: Serie) -> str:
    change = serie.variation
    return f"Évolution {change.de.label} – {change.a.label}{NBSP}: {change.ecart_complet}"


def _notes(serie: Serie) -> tuple[str, ...]:
    rows = [f"{periode}{NBSP}: {valeur}" for periode, valeur in _lignes(serie)]
    said = [f"{nom_de(serie)}{NBSP}: {', '.join(rows)}." if rows else ""]
    if serie.structure:
        said.append(f"Structure{NBSP}: {serie.structure}.")
    said.append(serie.note)
    return tuple(text for text in said if text)


def _valeurs(series: Sequence[Serie], titre: str, surtitre: str) -> list[Diapositive]:
    rows = []
    for serie in series:
        lines = _lignes(serie) or [("–", "non renseigné")]
        for rank, (periode, valeur) in enumerate(lines):
            name = nom_de(serie) if rank == 0 else ""
            rows.append((Cellule(name), Cellule(periode), Cellule(valeur)))
    return tableaux(
        ("Indicateur", *ENTETES),
        (440, 220, 460),
        rows,
        titre=titre,
        surtitre=surtitre,
        notes=tuple(note for serie in series for note in _notes(serie)),
    )
