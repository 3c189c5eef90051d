"""Abstract models that several packages build on."""

from django.db import models


class Ordonne(models.Model):
    """A row that keeps the place that people gave it."""

    ordre = models.PositiveIntegerField(
        "ordre", default=0, help_text="Place dans la liste, du plus petit au plus grand."
    )

    class Meta:
        abstract = True


class Reference(models.Model):
    """A row that the exchange tables find again by its own key."""

    reference = models.CharField(
        "référence",
        max_length=80,
        blank=True,
        help_text="Clé de la ligne dans les tableaux d’échange. Elle n’est jamais affichée.",
    )

    class Meta:
        abstract = True
