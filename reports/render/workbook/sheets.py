"""The sheets of a bilan, in their order; a table without any row has no sheet."""

from collections.abc import Iterator

from ...tree import Bilan
from ...tree.nodes import Arrete, TotauxFinancements
from .model import Column, Kind, Sheet, Value, exact_date
from .sheets_depuis import depuis_sheets
from .sheets_fiches import fiches_sheets
from .sheets_indicateurs import indicateurs_sheets
from .sheets_reunions import reunions_sheets


def sheets_of(tree: Bilan) -> list[Sheet]:
    """Every sheet that has something to say; the first two are always there."""
    found = [
        _synthesis(tree),
        _identity(tree),
        *depuis_sheets(tree.depuis),
        *fiches_sheets(tree),
        *indicateurs_sheets(tree),
        _points(tree),
        *reunions_sheets(tree),
        *_annexes(tree),
    ]
    return [sheet for rank, sheet in enumerate(found) if rank < 2 or sheet.rows]


def _synthesis(tree: Bilan) -> Sheet:
    """The four numbers, then how many fiches of each axe have each status."""
    from .traces import status_traces

    comptes = tree.comptes
    realisation = [compte.statut.label for compte in comptes.realisation]
    objectifs = [compte.statut.label for compte in comptes.objectifs]
    figures = (
        ("Fiches actions", comptes.fiches),
        ("Réalisées", comptes.nombre("realisation", "realisee")),
        ("Aux objectifs atteints", comptes.nombre("objectifs", "atteints")),
        ("Sans réalisation renseignée", comptes.non_renseignees),
    )
    columns = (
        Column(tree.convention.mot_axe or "Axe", 12),
        Column("Intitulé", 52),
        Column("Pilotage", 28),
        Column("Fiches", 9, Kind.INTEGER),
        Column("Fiches annoncées", 11, Kind.INTEGER),
        Column("Dont nouvelles", 11, Kind.INTEGER),
        *(Column(f"Réalisation : {label.lower()}", 14, Kind.INTEGER) for label in realisation),
        *(Column(f"Objectifs : {label.lower()}", 14, Kind.INTEGER) for label in objectifs),
    )
    rows = tuple(
        (
            axe.repere,
            axe.intitule,
            ", ".join(axe.pilotes) or "non renseigné",
            axe.comptes.fiches,
            axe.fiches_annoncees,
            axe.comptes.nouvelles,
            *(compte.nombre for compte in axe.comptes.realisation),
            *(compte.nombre for compte in axe.comptes.objectifs),
        )
        for axe in tree.axes
    )
    preface = (
        (tree.titre,),
        (f"{tree.convention.nom} – {tree.convention.territoire}",),
        (tree.etat,),
        (tree.copil,),
        *((figure, label) for label, figure in figures),
    )
    return Sheet("Synthèse", columns, rows, 2, preface, status_traces(tree, 6))


def _identity(tree: Bilan) -> Sheet:
    """What the convention is, one fact a row."""
    convention, cadrage = tree.convention, tree.cadrage
    facts: tuple[tuple[str, Value], ...] = (
        ("Convention", convention.nom),
        ("Sous-titre", convention.sous_titre),
        ("Territoire", convention.territoire),
        ("Type de territoire", convention.type_territoire),
        ("Caf", convention.caf),
        ("Début", exact_date(convention.debut) if convention.debut else ""),
        ("Fin", exact_date(convention.fin) if convention.fin else ""),
        ("Signature", exact_date(convention.signature) if convention.signature else ""),
        ("Phase", convention.phase),
        ("Convention précédente", convention.precedente),
        ("Communes", ", ".join(cadrage.communes)),
        ("Présentation", plain(cadrage.presentation)),
        *((f"Présentation, {axe.repere}", plain(axe.presentation)) for axe in tree.axes),
        *((f"Thématiques, {axe.repere}", ", ".join(axe.thematiques)) for axe in tree.axes),
        ("Axes retenus", tree.axes_gardes),
        ("Introduction", plain(tree.introduction)),
        ("Conclusion", plain(tree.conclusion)),
        *_frozen(tree.arrete),
    )
    columns = (Column("Sujet", 28), Column("Contenu", 100))
    return Sheet("Convention", columns, tuple(fact for fact in facts if fact[1]), 1)


def _frozen(arrete: Arrete | None) -> list[tuple[str, Value]]:
    """What the COPIL said of this bilan, and who froze it."""
    if arrete is None:
        return []
    return [
        ("Avis du comité de pilotage", plain(arrete.avis)),
        ("Arrêté le", arrete.le),
        ("Arrêté par", arrete.auteur),
        ("Réunion qui l’a examiné", arrete.reunion),
        ("Version", arrete.version),
        ("Motif de cette version", arrete.motif),
    ]


def _points(tree: Bilan) -> Sheet:
    columns = (
        Column("Axe", 22),
        Column("Exercice", 10, Kind.INTEGER),
        Column("Nature", 26),
        Column("Texte", 80),
        Column("Fiche", 30),
        Column("Devenir", 22),
        Column("Reprend la perspective", 40),
        Column("Repris par", 40),
    )
    rows = [row for axe in tree.axes for row in _points_rows(axe.repere, axe.annees)]
    rows += _points_rows("Toute la convention", tree.annees)
    return Sheet("Points de l’année", columns, tuple(rows), 3)


def _points_rows(where: str, annees) -> Iterator[tuple[Value, ...]]:
    for annee in annees:
        for nature, points in (
            (f"Perspective {annee.exercice}, écrite l’année d’avant", annee.precedentes),
            ("Point fort", annee.forts),
            ("Point faible", annee.faibles),
            (f"Perspective {annee.annee_suivante}", annee.perspectives),
            ("Élément phare", annee.phares),
            ("Note", annee.notes),
        ):
            for point in points:
                yield (
                    where,
                    annee.exercice,
                    nature,
                    plain(point.texte),
                    str(point.fiche) if point.fiche else "",
                    point.devenir,
                    point.reprend,
                    " ; ".join(point.repris_par),
                )


def _annexes(tree: Bilan) -> Iterator[Sheet]:
    yield Sheet(
        "Calendrier",
        (Column("Date", 22), Column("Étape", 80), Column("Nature", 20)),
        tuple((exact_date(j.date), j.intitule, j.type) for j in tree.cadrage.jalons),
    )
    yield Sheet(
        "Signataires",
        (
            Column("Organisme", 50),
            Column("Nom court", 16),
            Column("Type", 26),
            Column("Depuis", 20),
            Column("Représenté par", 60),
        ),
        tuple(
            (s.organisme, s.nom_court, s.type, exact_date(s.entree), " ; ".join(s.representants))
            for s in tree.cadrage.signataires
        ),
    )
    yield Sheet(
        "Financements par axe",
        (
            Column("Axe", 40),
            Column("Année", 10, Kind.INTEGER),
            *(Column(name, 16, Kind.EUROS) for name in tree.financements.colonnes),
        ),
        tuple(
            (axe.nom, year, *amounts)
            for axe in tree.financements.axes
            for year, amounts in [(one.annee, one.montants) for one in axe.annees]
            or [(None, axe.total)]
        ),
        1,
        _preface_of_totals(tree.financements),
    )
    yield Sheet(
        "Chiffres qui diffèrent",
        (Column("Objet", 60), Column("Imprimé", 36), Column("Saisi ou calculé", 36)),
        tuple((e.objet, e.imprime, e.calcule) for e in tree.ecarts),
    )
    yield Sheet("Sigles", (Column("Sigle", 16), Column("Signification", 70)), tree.sigles)


def _preface_of_totals(totaux: TotauxFinancements) -> tuple[tuple[str], ...]:
    return ((totaux.titre,), (totaux.phrase,)) if totaux.phrase else ()


def plain(texte) -> str:
    """A rich text in a cell: as it was typed, which reads well and keeps its lists and lines."""
    return texte.brut.strip()
