from .contenu import PointEtape, Realisation, ResultatAttendu, Volet
from .entourage import (
    Attribution,
    Commentaire,
    Document,
    Financement,
    InvitationFiche,
    Partenaire,
    PhotoRetiree,
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
    "PhotoRetiree",
    "PiloteFiche",
    "PointEtape",
    "Realisation",
    "ResultatAttendu",
    "Volet",
]
