"""The bilan as plain data: what every renderer reads, and nothing else.

Numbers, dates and texts in frozen dataclasses and tuples: no model, no query, no HTML but what
`Texte.html` makes of a sanitised text. An empty tuple or an empty text means "not known".
"""

from .axe import Axe, Objectif, Point, PointsAnnee
from .base import RETIREE, Compte, Comptes, Document, Renvoi, Statut, Texte
from .bilan import (
    SCHEMA,
    Arrete,
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
from .comparaison import (
    ChangementStatut,
    Comparaison,
    Correction,
    FicheComparee,
    IndicateurCompare,
    PerspectiveSuivie,
)
from .composition import AVIS, Composition
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
from .financements import TotauxFinancements, totaux_de

__all__ = [
    "AVIS",
    "RETIREE",
    "SCHEMA",
    "Arrete",
    "Axe",
    "Bilan",
    "Cadrage",
    "ChangementStatut",
    "Comparaison",
    "Composition",
    "Compte",
    "Comptes",
    "Convention",
    "Correction",
    "Decision",
    "Document",
    "Ecart",
    "EntreeSommaire",
    "Fiche",
    "FicheComparee",
    "Financement",
    "Financements",
    "Gouvernance",
    "IndicateurCompare",
    "Instance",
    "Jalon",
    "Objectif",
    "Partenaire",
    "Participant",
    "PerspectiveSuivie",
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
    "TotauxFinancements",
    "Volet",
    "totaux_de",
]
