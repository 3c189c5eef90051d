"""The bilan as a kept document: a draft, then an arrêté that nothing can change."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from axes.models.convention import DansConvention
from copil.models import Reunion
from ctg_portal.lib.fields import RichTextField


class Bilan(DansConvention):
    """One bilan of one exercice or of the whole period (exercice empty)."""

    exercice = models.PositiveSmallIntegerField(
        "exercice",
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text="Vide : toute la période de la convention.",
    )
    reunion = models.ForeignKey(
        Reunion,
        # The meeting that an arrêté names cannot vanish under it.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bilans",
        verbose_name="réunion",
    )
    sections = models.JSONField("sections", default=list, blank=True)
    introduction = RichTextField("introduction", blank=True)
    avis = RichTextField("avis du COPIL", blank=True)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    arrete_le = models.DateTimeField("arrêté le", null=True, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    arbre = models.TextField("arbre figé", blank=True, editable=False)
    personnes = models.JSONField("personnes nommées", default=dict, blank=True, editable=False)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, blank=True, editable=False)
    version_rendu = models.CharField("version du rendu", max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = "bilan"
        verbose_name_plural = "bilans"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrete_le__isnull=True) | (~Q(arbre="") & ~Q(empreinte="")),
                name="bilan_arrete_avec_arbre",
                violation_error_message="Un bilan arrêté garde son arbre et son empreinte.",
            )
        ]

    def __str__(self):
        return f"Bilan {self.exercice}" if self.exercice else "Bilan de la convention"


class Partage(models.Model):
    """A read-only link to one bilan, with an end and a way to withdraw it."""

    bilan = models.ForeignKey(
        Bilan, on_delete=models.CASCADE, related_name="partages", verbose_name="bilan"
    )
    jeton = models.UUIDField("jeton", default=uuid.uuid4, unique=True, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    expire_le = models.DateField("jusqu’au")
    revoque_le = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "partage"
        verbose_name_plural = "partages"
        ordering = ["-cree_le", "-pk"]

    def __str__(self):
        return f"{self.bilan}, jusqu’au {self.expire_le:%d/%m/%Y}"

    def get_additional_data(self):
        return {"convention": self.bilan.convention_id}
