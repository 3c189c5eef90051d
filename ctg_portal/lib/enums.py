"""Closed lists that several packages share."""

from django.db import models


class Borne(models.TextChoices):
    """How a printed figure is bounded: "plus de 50", "environ 15"."""

    PLUS_DE = "plus_de", "plus de"
    MOINS_DE = "moins_de", "moins de"
    ENVIRON = "environ", "environ"
