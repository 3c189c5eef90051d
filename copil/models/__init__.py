from .points import Point
from .reunions import Decision, Instance, Participant, PointOrdreDuJour, Reunion

__all__ = ["Decision", "Instance", "Participant", "Point", "PointOrdreDuJour", "Reunion"]
