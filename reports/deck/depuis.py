"""What changed since the last arrêté: statuses, fiches, indicators, perspectives."""

from ctg_portal.lib.typographie import NBSP

from ..tree.nodes import Bilan
from ..tree.nodes.comparaison import Comparaison, FicheComparee, IndicateurCompare
from .colonnes import diapositives_de_texte, diapositives_numerotees
from .slides import Cellule, Diapositive, Element, Ligne, Role
from .tableaux import tableaux

RIEN = "Aucun changement."


def diapositives_du_changement(tree: Bilan) -> list[Diapositive]:
    """Nothing where there is no reference; said in words where nothing has changed."""
    since = tree.depuis
    if since is None:
        return []
    notes = (f"De «{NBSP}{since.avant}{NBSP}» à «{NBSP}{since.apres}{NBSP}».",)
    if since.vide:
        return diapositives_de_texte([Ligne(Role.TEXTE, RIEN)], titre=since.titre, notes=notes)
    return [
        *_statuts(since, notes),
        *diapositives_de_texte(_fiches(since), titre="Fiches", surtitre=since.titre, notes=notes),
        *_indicateurs(since),
        *_perspectives(since),
    ]


def _statuts(since: Comparaison, notes) -> list[Diapositive]:
    rows = []
    for fiche in since.mouvements:
        for rank, change in enumerate(fiche.changements):
            before, after = change.avant, change.apres
            rows.append(
                (
                    Cellule(str(fiche.fiche) if rank == 0 else ""),
                    Cellule(change.nom),
                    Cellule(before.label, before.icone, before.ton),
                    Cellule(after.label, after.icone, after.ton),
                )
            )
    if not rows:
        return []
    return tableaux(
        ("Fiche", "Statut", "Avant", "Maintenant"),
        (440, 180, 250, 250),
        rows,
        titre="Statuts qui ont changé",
        surtitre=since.titre,
        notes=notes,
    )


def _fiches(since: Comparaison) -> list[Ligne]:
    lists = (
        ("Fiches nouvelles", since.nouvelles),
        ("Fiches qui n’y sont plus", since.disparues),
        ("Fiches qui ont changé de nom", since.renommees),
    )
    lines = []
    for title, fiches in lists:
        if fiches:
            lines.append(Ligne(Role.INTERTITRE, title))
            lines += [Ligne(Role.PUCE, _nom(fiche)) for fiche in fiches]
    return lines


def _nom(fiche: FicheComparee) -> str:
    name = f"{fiche.fiche} ({fiche.axe})" if fiche.axe else str(fiche.fiche)
    return f"{name}, auparavant «{NBSP}{fiche.ancien_nom}{NBSP}»" if fiche.ancien_nom else name


def _indicateurs(since: Comparaison) -> list[Diapositive]:
    rows = [
        (Cellule(_intitule(one)), Cellule(_valeurs(one)), Cellule(_evolution(one)))
        for one in since.indicateurs
    ]
    if not rows:
        return []
    return tableaux(
        ("Indicateur", "Valeurs nouvelles", "Évolution"),
        (440, 440, 240),
        rows,
        titre="Indicateurs qui ont changé",
        surtitre=since.titre,
    )


def _intitule(one: IndicateurCompare) -> str:
    name = f"{one.rattachement} {one.intitule}".strip()
    unit = f"{name} ({one.unite})" if one.unite else name
    if one.ancienne_unite:
        unit = f"{unit}, auparavant en {one.ancienne_unite}"
    return f"{unit}, nouveau" if one.nouveau else unit


def _valeurs(one: IndicateurCompare) -> str:
    new = [f"{point.label}{NBSP}: {point.affichage}" for point in one.nouvelles]
    new += [
        f"{change.apres.label}{NBSP}: {change.apres.affichage} au lieu de {change.avant.affichage}"
        for change in one.corrections
    ]
    return " ; ".join(new) or "–"


def _evolution(one: IndicateurCompare) -> str:
    return one.variation.ecart_complet if one.variation else "–"


def _perspectives(since: Comparaison) -> list[Diapositive]:
    elements = []
    for rank, one in enumerate(since.perspectives, start=1):
        place = f"{one.axe}, {one.exercice}" if one.axe else str(one.exercice)
        details = [f"{place}{NBSP}: {one.devenir}"]
        details += [f"Fiche {one.fiche}"] if one.fiche else []
        details += [f"Repris{NBSP}: {suite}" for suite in one.repris_par]
        elements.append(Element(str(rank), one.texte, tuple(details)))
    return diapositives_numerotees(
        elements, titre="Ce que sont devenues les perspectives", surtitre=since.titre
    )
