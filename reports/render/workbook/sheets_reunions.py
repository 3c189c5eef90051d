"""Meetings, who came, what was decided, who sits where."""

from collections.abc import Iterator

from ...tree import Bilan
from ...tree.nodes import Decision, Reunion
from .model import Column, Kind, Sheet, Value, exact_date


def reunions_sheets(tree: Bilan) -> Iterator[Sheet]:
    yield _reunions(tree)
    yield _participants(tree)
    yield _decisions(tree)
    yield Sheet(
        "Instances",
        (Column("Instance", 50), Column("Type", 24), Column("Composition", 90)),
        tuple((i.nom, i.type, i.composition.brut.strip()) for i in tree.gouvernance.instances),
    )


def _reunions(tree: Bilan) -> Sheet:
    columns = (
        Column("Date", 20),
        Column("Réunion", 44),
        Column("Instances", 36),
        Column("Heure", 10),
        Column("Lieu", 28),
        Column("Visioconférence", 14),
        Column("État", 12),
        Column("Motif d’annulation", 30),
        Column("Participants", 12, Kind.INTEGER),
        Column("Ordre du jour", 60),
        Column("Fiches", 30),
        Column("Compte rendu", 80),
    )
    rows = tuple(map(_reunion_row, tree.gouvernance.reunions))
    return Sheet("Réunions", columns, rows, 2)


def _reunion_row(reunion: Reunion) -> tuple[Value, ...]:
    return (
        exact_date(reunion.date),
        reunion.nom,
        ", ".join(reunion.instances),
        reunion.heure,
        reunion.lieu,
        "oui" if reunion.visio else "",
        reunion.etat,
        reunion.motif,
        reunion.nombre_participants,
        "\n".join(reunion.ordre_du_jour),
        ", ".join(str(renvoi) for renvoi in reunion.fiches),
        reunion.compte_rendu.brut.strip(),
    )


def _participants(tree: Bilan) -> Sheet:
    columns = (
        Column("Date", 20),
        Column("Réunion", 44),
        Column("Nom", 30),
        Column("Qualité", 36),
        Column("Organisme", 36),
        Column("Présence", 14),
        Column("Rôle", 20),
    )
    rows = tuple(
        (
            exact_date(reunion.date),
            reunion.nom,
            person.nom,
            person.qualite,
            person.organisme,
            person.presence,
            person.role,
        )
        for reunion in tree.gouvernance.reunions
        for person in reunion.participants
    )
    return Sheet("Participants", columns, rows, 3)


def _decisions(tree: Bilan) -> Sheet:
    columns = (
        Column("Réunion", 44),
        Column("Décision", 70),
        Column("Fiche", 36),
        Column("Responsable", 28),
        Column("Échéance", 20),
        Column("État", 18),
        Column("Encore ouverte", 12),
    )
    rows = [
        _decision_row(decision, decision.reunion or f"{reunion.nom}, {reunion.date}")
        for reunion in tree.gouvernance.reunions
        for decision in reunion.decisions
    ]
    rows += [_decision_row(found, found.reunion) for found in tree.gouvernance.a_suivre]
    return Sheet("Décisions", columns, tuple(rows), 2)


def _decision_row(decision: Decision, reunion: str) -> tuple[Value, ...]:
    return (
        reunion,
        decision.texte,
        str(decision.fiche) if decision.fiche else "",
        decision.responsable,
        exact_date(decision.echeance),
        decision.etat or "non renseigné",
        "oui" if decision.ouverte else "non",
    )
