"""What a bilan is composed of: its parts and its levels of detail."""

from django.db import models


class Detail(models.TextChoices):
    """How much of each fiche is told."""

    SYNTHESE = "synthese", "Synthèse"
    STANDARD = "standard", "Standard"
    COMPLET = "complet", "Complet"


class Partie(models.TextChoices):
    """The parts of a bilan, in the order they have unless another is chosen."""

    INTRODUCTION = "introduction", "Introduction"
    CADRAGE = "cadrage", "Cadrage et chiffres clés"
    DEPUIS = "depuis", "Depuis le dernier COPIL"
    AXES = "axes", "Axes et fiches actions"
    POINTS = "points", "Points forts, points faibles, perspectives de chaque axe"
    TABLEAUX = "tableaux", "Tableau de synthèse de chaque axe"
    PHARES = "phares", "Éléments phares et points de toute la convention"
    GOUVERNANCE = "gouvernance", "Gouvernance"
    CONCLUSION = "conclusion", "Conclusion"
    ANNEXES = "annexes", "Annexes"


#: They stand inside each axe: they have no place of their own.
DANS_LES_AXES = frozenset({Partie.POINTS, Partie.TABLEAUX})
SEPARATEUR = ", "


def parties_of(sections: str) -> tuple[Partie, ...]:
    """The parts that a kept text names ("axes, annexes"), in its order; all of them if empty.

    A word that names no part any more is passed over.
    """
    if not sections:
        return tuple(Partie)
    return tuple(Partie(name) for name in sections.split(SEPARATEUR) if name in Partie.values)
