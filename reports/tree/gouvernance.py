"""Meetings, attendance, decisions."""

from copil.enums import ETATS_DECISION_OUVERTS, EtatReunion, TypeInstance

from . import nodes
from .exercice import Exercice
from .fiches import documents, text_of

COPIL_INCONNU = "comité de pilotage : date non renseignée"


def gouvernance(rows, exercice: Exercice, renvois) -> nodes.Gouvernance:
    """Meetings of the exercice; decisions of earlier ones that still wait to be carried out."""
    shown = [row for row in rows.reunions if exercice.holds(row.date)]
    earlier = [row for row in rows.reunions if row not in shown and exercice.has_passed(row.date)]
    return nodes.Gouvernance(
        instances=tuple(
            nodes.Instance(row.nom, row.get_type_display(), nodes.Texte(row.composition))
            for row in rows.instances
        ),
        reunions=tuple(_reunion(row, renvois) for row in shown),
        a_suivre=tuple(
            node for row in earlier for node in _decisions(row, renvois) if node.ouverte
        ),
    )


def copil_text(reunions, today) -> str:
    """What the cover says of the COPIL: the next one planned, else the last one held."""
    copils = [
        row
        for row in reunions
        if row.date and any(found.type == TypeInstance.COPIL for found in row.instances.all())
    ]
    planned = [
        row.date
        for row in copils
        if row.etat == EtatReunion.PREVUE and not row.date.est_passee(today)
    ]
    if planned:
        return f"comité de pilotage prévu : {min(planned)}"
    held = [row.date for row in copils if row.etat == EtatReunion.TENUE]
    return f"dernier comité de pilotage : {max(held)}" if held else COPIL_INCONNU


def _reunion(row, renvois) -> nodes.Reunion:
    return nodes.Reunion(
        instances=tuple(instance.nom for instance in row.instances.all()),
        titre=row.titre,
        date=text_of(row.date),
        heure=row.heure,
        lieu=row.lieu,
        visio=row.visio,
        etat=row.get_etat_display(),
        annulee=row.etat == EtatReunion.ANNULEE,
        motif=row.motif,
        nombre_participants=row.nombre_participants,
        participants=tuple(
            nodes.Participant(
                person.nom,
                person.qualite,
                person.organisme,
                person.get_presence_display(),
                person.role,
            )
            for person in row.participants.all()
        ),
        ordre_du_jour=tuple(point.texte for point in row.ordre_du_jour.all()),
        fiches=tuple(renvois[fiche.pk] for fiche in row.fiches.all() if fiche.pk in renvois),
        compte_rendu=nodes.Texte(row.compte_rendu),
        decisions=_decisions(row, renvois),
        documents=documents(row.documents.all()),
    )


def _decisions(reunion, renvois) -> tuple[nodes.Decision, ...]:
    title = reunion.titre or ", ".join(instance.nom for instance in reunion.instances.all())
    return tuple(
        nodes.Decision(
            texte=row.texte,
            fiche=renvois.get(row.fiche_id),
            responsable=row.responsable,
            echeance=text_of(row.echeance),
            etat=row.get_etat_display(),
            ouverte=row.etat in ETATS_DECISION_OUVERTS,
            reunion=", ".join(part for part in (title, text_of(reunion.date)) if part),
        )
        for row in reunion.decisions.all()
    )
