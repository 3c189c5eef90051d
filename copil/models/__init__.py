from .agenda import AbonnementAgenda
from .points import Point
from .reunions import Decision, Instance, Participant, PointOrdreDuJour, Reunion

__all__ = [
    "AbonnementAgenda",
    "Decision",
    "Instance",
    "Participant",
    "Point",
    "PointOrdreDuJour",
    "Reunion",
]
