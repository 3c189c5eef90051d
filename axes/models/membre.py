"""Explicit grants: who may do what in which convention, and until when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..enums import Role
from .convention import Convention
from .plan import Axe


class MembreQuerySet(models.QuerySet):
    def running(self, today: datetime.date | None = None):
        """Grants whose end date has not passed."""
        today = today or timezone.localdate()
        return self.filter(Q(expire_le__isnull=True) | Q(expire_le__gte=today))


class Membre(models.Model):
    """One person's role in one convention; being named pilote somewhere gives no right."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="membres",
        verbose_name="personne",
    )
    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, related_name="membres", verbose_name="convention"
    )
    role = models.CharField("rôle", max_length=20, choices=Role)
    axes = models.ManyToManyField(
        Axe,
        blank=True,
        related_name="referents",
        verbose_name="axes",
        help_text="Axes que cette personne tient à jour, pour une référente ou un référent.",
    )
    expire_le = models.DateField(
        "jusqu’au",
        null=True,
        blank=True,
        help_text="Dernier jour de ce droit ; vide : sans limite.",
    )

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = "membre de l’équipe"
        verbose_name_plural = "membres de l’équipe"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "convention"],
                name="membre_unique",
                violation_error_message="Cette personne fait déjà partie de l’équipe.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="membre_role_de_la_liste",
                violation_error_message="Choisissez un rôle de la liste.",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    def get_additional_data(self):
        return {"convention": self.convention_id}
