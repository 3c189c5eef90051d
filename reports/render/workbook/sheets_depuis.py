"""What changed since the last arrêté, one row per change."""

from collections.abc import Iterator

from ...tree.nodes.comparaison import Comparaison, IndicateurCompare
from .model import Column, Sheet, Value

NOM = "Depuis le dernier arrêté"


def depuis_sheets(depuis: Comparaison | None) -> Iterator[Sheet]:
    if depuis is None:
        return
    columns = (
        Column("Nature du changement", 26),
        Column("Axe", 16),
        Column("Objet", 60),
        Column("Ce qui change", 30),
        Column("Avant", 44),
        Column("Après", 44),
    )
    rows = tuple(_rows(depuis))
    yield Sheet(NOM, columns, rows, 3, ((depuis.titre,), (f"Avant : {depuis.avant}",)))


def _rows(depuis: Comparaison) -> Iterator[tuple[Value, ...]]:
    for found in depuis.mouvements:
        for change in found.changements:
            row = (str(found.fiche), change.nom, change.avant, change.apres)
            yield "Statut", found.axe, *row
    for nature, fiches in (
        ("Nouvelle fiche", depuis.nouvelles),
        ("Fiche qui n’y est plus", depuis.disparues),
    ):
        for found in fiches:
            yield nature, found.axe, str(found.fiche), "", "", ""
    for found in depuis.renommees:
        row = (str(found.fiche), "Intitulé", found.ancien_nom, str(found.fiche))
        yield "Fiche renommée", found.axe, *row
    for line in depuis.indicateurs:
        yield from _indicator_rows(line)
    for line in depuis.perspectives:
        became = "; ".join((line.devenir, *line.repris_par))
        became += f" ({line.fiche})" if line.fiche else ""
        row = (line.texte, f"Perspective {line.exercice + 1}", "", became)
        yield "Perspective", line.axe, *row


def _indicator_rows(line: IndicateurCompare) -> Iterator[tuple[Value, ...]]:
    name = f"{line.intitule} ({line.unite})" if line.unite else line.intitule
    keys = "Indicateur", line.rattachement, name
    for point in line.nouvelles:
        yield *keys, f"Valeur {point.quand}", "", point.affichage
    for found in line.corrections:
        row = (f"Valeur {found.apres.quand}", found.avant.affichage, found.apres.affichage)
        yield *keys, *row
    if line.variation:
        change = line.variation
        row = (f"{change.de.affichage} {change.de.quand}", change.affichage)
        yield *keys, "Évolution", *row
    if line.ancienne_unite:
        yield *keys, "Unité", line.ancienne_unite, line.unite
