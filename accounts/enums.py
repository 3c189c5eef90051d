"""Closed lists of the installation."""

from django.db import models


class Conformite(models.TextChoices):
    """The three words that the law has a site write of its accessibility."""

    TOTALE = "totale", "totalement conforme"
    PARTIELLE = "partielle", "partiellement conforme"
    NON = "non", "non conforme"
