"""Closed lists of the indicators."""

from django.db import models


class Nature(models.TextChoices):
    STOCK = "stock", "stock"
    FLUX = "flux", "flux"
    CUMUL = "cumul", "cumul"
    RATIO = "ratio", "ratio"
    MONTANT = "montant", "montant"
    TEXTE = "texte", "texte"


class Periodicite(models.TextChoices):
    ANNUELLE = "annuelle", "annuelle"
    SCOLAIRE = "scolaire", "scolaire"
    MENSUELLE = "mensuelle", "mensuelle"
    PONCTUELLE = "ponctuelle", "ponctuelle"
    CONVENTION = "convention", "toute la convention"


class Sens(models.TextChoices):
    """In which direction a change is hoped for."""

    HAUSSE = "hausse", "à la hausse"
    BAISSE = "baisse", "à la baisse"
    SANS = "sans", "sans"
