"""Closed lists of the convention, its territory and its team."""

from django.db import models


class TypeTerritoire(models.TextChoices):
    COMMUNAUTE_COMMUNES = "communaute_communes", "communauté de communes"
    COMMUNAUTE_AGGLOMERATION = "communaute_agglomeration", "communauté d’agglomération"
    COMMUNAUTE_URBAINE = "communaute_urbaine", "communauté urbaine"
    COMMUNE = "commune", "commune"
    GROUPE_COMMUNES = "groupe_communes", "groupe de communes"
    SYNDICAT = "syndicat", "syndicat"
    DEPARTEMENT = "departement", "département"
    AUTRE = "autre", "autre"


class Phase(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    EN_COURS = "en_cours", "en cours"
    EVALUATION = "evaluation", "en évaluation"
    CLOSE = "close", "close"


class Accent(models.TextChoices):
    """Accents whose contrasts are checked: a class of the style sheet, never a free colour."""

    BLEU = "bleu", "bleu"
    VERT = "vert", "vert"
    PRUNE = "prune", "prune"


class TypeJalon(models.TextChoices):
    DIAGNOSTIC = "diagnostic", "diagnostic"
    DELIBERATION = "deliberation", "délibération"
    SIGNATURE = "signature", "signature"
    AVENANT = "avenant", "avenant"
    EVALUATION = "evaluation", "évaluation"
    RENOUVELLEMENT = "renouvellement", "renouvellement"
    AUTRE = "autre", "autre"


class Role(models.TextChoices):
    COORDINATION = "coordination", "coordination"
    REFERENT = "referent", "référent·e d’axe"
    CONTRIBUTEUR = "contributeur", "contribution"
    LECTEUR = "lecteur", "lecture"
    ADMINISTRATION = "administration", "administration"


ROLES_LISANT = frozenset({Role.COORDINATION, Role.REFERENT, Role.CONTRIBUTEUR, Role.LECTEUR})

THEMATIQUES_NATIONALES = (
    "petite enfance",
    "enfance",
    "jeunesse",
    "parentalité",
    "accès aux droits",
    "inclusion numérique",
    "animation de la vie sociale",
    "logement",
    "handicap",
    "accompagnement social",
)
