from .contenu import PointEtape, Realisation, ResultatAttendu, Volet
from .entourage import (
    Attribution,
    Commentaire,
    Document,
    Financement,
    InvitationFiche,
    Partenaire,
    PiloteFiche,
)
from .fiche import FicheAction, FicheQuerySet

__all__ = [
    "Attribution",
    "Commentaire",
    "Document",
    "FicheAction",
    "FicheQuerySet",
    "Financement",
    "InvitationFiche",
    "Partenaire",
    "PiloteFiche",
    "PointEtape",
    "Realisation",
    "ResultatAttendu",
    "Volet",
]
