"""Abstract models that several packages build on."""

from typing import ClassVar

from django.db import models

from .fields import ChercheField


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


class Cherchable(models.Model):
    """A row that is found by the words of its TEXTES_CHERCHES, whatever their accents."""

    TEXTES_CHERCHES: ClassVar[tuple[str, ...]] = ()

    recherche = ChercheField("texte cherché", blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        """Keep the searched text beside the texts it is made of."""
        if update_fields is not None and not set(self.TEXTES_CHERCHES).isdisjoint(update_fields):
            update_fields = {*update_fields, "recherche"}
        super().save(*args, update_fields=update_fields, **kwargs)
