"""Closed lists of the instances, meetings, decisions and points of the year."""

from django.db import models


class TypeInstance(models.TextChoices):
    COPIL = "copil", "comité de pilotage"
    COTECH = "comite_technique", "comité technique"
    COMMISSION = "commission", "commission"
    PETIT_DEJEUNER = "petit_dejeuner", "petit déjeuner"
    AUTRE = "autre", "autre"


class EtatReunion(models.TextChoices):
    PREVUE = "prevue", "prévue"
    TENUE = "tenue", "tenue"
    ANNULEE = "annulee", "annulée"


class Presence(models.TextChoices):
    PRESENT = "present", "présent"
    EXCUSE = "excuse", "excusé"


class EtatDecision(models.TextChoices):
    A_FAIRE = "a_faire", "à faire"
    EN_COURS = "en_cours", "en cours"
    FAITE = "faite", "faite"
    ABANDONNEE = "abandonnee", "abandonnée"


ETATS_DECISION_OUVERTS = frozenset({"", EtatDecision.A_FAIRE, EtatDecision.EN_COURS})


class NaturePoint(models.TextChoices):
    FORT = "fort", "point fort"
    FAIBLE = "faible", "point faible"
    PERSPECTIVE = "perspective", "perspective"
    PHARE = "phare", "élément phare"
    NOTE = "note", "note"


class Devenir(models.TextChoices):
    """What became of a perspective."""

    REALISEE = "realisee", "réalisée"
    EN_COURS = "en_cours", "en cours"
    ABANDONNEE = "abandonnee", "abandonnée"
    DEVENUE_FICHE = "devenue_fiche", "devenue fiche action"
