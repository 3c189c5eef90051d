from .convention import Commune, Convention, Jalon, Representant, Signataire, Thematique
from .invitation import Invitation
from .membre import Membre
from .plan import Axe, Objectif, PiloteAxe

__all__ = [
    "Axe",
    "Commune",
    "Convention",
    "Invitation",
    "Jalon",
    "Membre",
    "Objectif",
    "PiloteAxe",
    "Representant",
    "Signataire",
    "Thematique",
]
