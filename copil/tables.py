"""Exchange tables of the instances, their meetings, the decisions and the points of the year."""

from actions.tables import DOCUMENTS
from ctg_portal.lib.exchange.cells import Choice, Date, Key, LongText, Number, Several, Text, YesNo
from ctg_portal.lib.exchange.schema import Column, Table

from .enums import Devenir, EtatDecision, EtatReunion, NaturePoint, Presence, TypeInstance
from .models import Decision, Instance, Participant, Point, PointOrdreDuJour, Reunion

IN_REUNION = "reunion__convention"


def _fiche() -> Column:
    return Column("action", Key(), field="fiche", target="actions")


def _reunion() -> Column:
    return Column("reunion", Key(), required=True, target="reunions")


INSTANCES = Table(
    name="instances",
    aide="Qui se réunit : COPIL, comités techniques, commissions…",
    model=Instance,
    path="convention",
    key="reference",
    also="nom",
    columns=(
        Column("reference", Key(), required=True),
        Column("nom", Text(), required=True),
        Column(
            "type",
            Choice(
                TypeInstance,
                words={TypeInstance.COPIL: "COPIL"},
                others={TypeInstance.COTECH: ["cotech", "comité technique"]},
            ),
        ),
        Column("composition", LongText()),
    ),
)


def _reason_of_cancelling(reunion: Reunion):
    if reunion.motif and reunion.etat != EtatReunion.ANNULEE:
        yield "motif", "un motif se donne pour une réunion annulée seulement."


REUNIONS = Table(
    name="reunions",
    aide="Les réunions, tenues, prévues ou annulées.",
    model=Reunion,
    path="convention",
    key="reference",
    checks=(_reason_of_cancelling,),
    columns=(
        Column("reference", Key(), required=True),
        Column(
            "type",
            Several(),
            required=True,
            field="instances",
            target="instances",
            aide="une ou plusieurs instances, par leur référence ou leur nom, séparées par « ; »",
        ),
        Column("date", Date()),
        Column("heure", Text()),
        Column("lieu", Text()),
        Column("visio", YesNo()),
        Column("etat", Choice(EtatReunion)),
        Column("motif", Text()),
        Column("titre", Text()),
        Column("participants", Number(entier=True), field="nombre_participants"),
        Column("actions", Several(), field="fiches", target="actions"),
        Column("compte_rendu", LongText()),
    ),
)

ORDRE_DU_JOUR = Table(
    name="ordre_du_jour",
    aide="Les points à l’ordre du jour, dans leur ordre.",
    model=PointOrdreDuJour,
    path=IN_REUNION,
    parent="reunion",
    alike=("texte",),
    removable=True,
    columns=(_reunion(), Column("texte", Text(), required=True)),
)


def _named(participant: Participant):
    if not (participant.nom or participant.qualite or participant.organisme):
        yield "nom", "indiquez un nom, une qualité ou un organisme."


PARTICIPANTS = Table(
    name="participants",
    aide="Les personnes invitées ; une fonction suffit, un nom n’est pas nécessaire.",
    model=Participant,
    path=IN_REUNION,
    parent="reunion",
    alike=("nom", "qualite", "organisme"),
    removable=True,
    checks=(_named,),
    columns=(
        _reunion(),
        Column("nom", Text()),
        Column("qualite", Text()),
        Column("organisme", Text()),
        Column(
            "present",
            Choice(
                Presence,
                words={Presence.PRESENT: "oui"},
                others={Presence.PRESENT: ["x", "présent"], Presence.EXCUSE: ["non"]},
            ),
            field="presence",
        ),
        Column("role", Text()),
    ),
)

DECISIONS = Table(
    name="decisions",
    aide="Les décisions, suivies jusqu’à ce qu’elles soient faites.",
    model=Decision,
    path=IN_REUNION,
    parent="reunion",
    alike=("texte",),
    removable=True,
    columns=(
        _reunion(),
        Column("texte", LongText(), required=True),
        _fiche(),
        Column("responsable", Text()),
        Column("echeance", Date()),
        Column("etat", Choice(EtatDecision)),
    ),
)


def _fate_of_a_perspective(point: Point):
    if point.devenir and point.nature != NaturePoint.PERSPECTIVE:
        yield "devenir", "seule une perspective a un devenir."


POINTS = Table(
    name="points",
    aide="Points forts et faibles, perspectives, éléments phares et notes de chaque exercice.",
    model=Point,
    path="convention",
    key="reference",
    parent="axe",
    alike=("exercice", "nature", "texte"),
    by_position=False,
    checks=(_fate_of_a_perspective,),
    columns=(
        Column("reference", Key()),
        Column("axe", Key(), target="axes", aide="vide : toute la convention"),
        Column("exercice", Number(entier=True), required=True, in_period=True),
        Column(
            "nature",
            Choice(NaturePoint, words={nature: nature.value for nature in NaturePoint}),
            required=True,
        ),
        Column("texte", LongText(), required=True),
        Column("devenir", Choice(Devenir)),
        _fiche(),
        Column("suite_de", Key(), target="points"),
    ),
)

# The meetings of a document are links that only this package knows.
TABLES = (
    DOCUMENTS.with_column(
        Column("reunion", Several(), field="reunions", target="reunions"), after="volet"
    ),
    INSTANCES,
    REUNIONS,
    ORDRE_DU_JOUR,
    PARTICIPANTS,
    DECISIONS,
    POINTS,
)
