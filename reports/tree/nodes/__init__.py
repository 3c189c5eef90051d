"""The bilan as plain data: what every renderer reads, and nothing else.

Numbers, dates and texts in frozen dataclasses and tuples: no model, no query, no HTML but what
`Texte.html` makes of a sanitised text. An empty tuple or an empty text means "not known".
"""

from .axe import Axe, Objectif, Point, PointsAnnee
from .base import Compte, Comptes, Document, Renvoi, Statut, Texte
from .bilan import (
    SCHEMA,
    Bilan,
    Cadrage,
    Convention,
    Decision,
    Ecart,
    EntreeSommaire,
    Gouvernance,
    Instance,
    Jalon,
    Participant,
    Reunion,
    Signataire,
)
from .fiche import (
    Fiche,
    Financement,
    Financements,
    Partenaire,
    PointEtape,
    Realisation,
    Resultat,
    ReunionDeFiche,
    Volet,
)

__all__ = [
    "SCHEMA",
    "Axe",
    "Bilan",
    "Cadrage",
    "Compte",
    "Comptes",
    "Convention",
    "Decision",
    "Document",
    "Ecart",
    "EntreeSommaire",
    "Fiche",
    "Financement",
    "Financements",
    "Gouvernance",
    "Instance",
    "Jalon",
    "Objectif",
    "Partenaire",
    "Participant",
    "Point",
    "PointEtape",
    "PointsAnnee",
    "Realisation",
    "Renvoi",
    "Resultat",
    "Reunion",
    "ReunionDeFiche",
    "Signataire",
    "Statut",
    "Texte",
    "Volet",
]
