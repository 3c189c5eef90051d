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


ROLES_EN_MOTS = {
    Role.COORDINATION: "tient à jour toute la convention et son équipe",
    Role.REFERENT: "lit tout, modifie ses axes et leurs fiches",
    Role.CONTRIBUTEUR: "lit tout, modifie les fiches qui lui sont confiées",
    Role.LECTEUR: "lit tout, sauf les notes internes, et ne modifie rien",
    Role.ADMINISTRATION: "gère l’équipe, sans lire la convention",
}

ROLES_LISANT = frozenset({Role.COORDINATION, Role.REFERENT, Role.CONTRIBUTEUR, Role.LECTEUR})
ROLES_GERANT_EQUIPE = frozenset({Role.COORDINATION, Role.ADMINISTRATION})

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
