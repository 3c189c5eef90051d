"""The two upper levels of the plan: axes and objectifs."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from ctg_portal.lib.fields import RichTextField
from ctg_portal.lib.models import Ordonne, Reference
from ctg_portal.lib.typographie import compte

from ..enums import Accent
from .convention import DansConvention, Thematique


class Axe(Ordonne, Reference, DansConvention):
    """First level of the plan; the territory may call it enjeu, thème or groupe technique."""

    numero = models.CharField("numéro", max_length=10, blank=True)
    intitule = models.CharField("intitulé", max_length=400)
    intitule_court = models.CharField("intitulé court", max_length=80, blank=True)
    couleur = models.CharField("couleur", max_length=10, choices=Accent, blank=True)
    fiches_annoncees = models.PositiveSmallIntegerField(
        "fiches annoncées",
        null=True,
        blank=True,
        help_text="Nombre imprimé dans la convention signée. Il est montré à côté du nombre de"
        " fiches saisies, et jamais corrigé.",
    )
    presentation = RichTextField("présentation", blank=True)
    thematiques = models.ManyToManyField(
        Thematique, blank=True, related_name="axes", verbose_name="thématiques"
    )

    class Meta:
        verbose_name = "axe"
        verbose_name_plural = "axes"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~models.Q(reference=""),
                name="axe_reference_unique",
                violation_error_message="Cette référence d’axe existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.numero}. {self.intitule}" if self.numero else self.intitule

    @property
    def nom_court(self) -> str:
        return self.intitule_court or self.intitule

    def get_absolute_url(self):
        return reverse("pilotage:axe", args=[self.convention.slug, self.pk])

    def annoncees_et_saisies(self, saisies: int) -> str:
        """ "7 annoncées, 1 saisie": the number of the signed convention beside the portal's."""
        return f"{compte(self.fiches_annoncees, 'annoncée')}, {compte(saisies, 'saisie')}"


class PiloteAxe(Ordonne):
    """A pilot as the territory names her; the link to an account gives no right by itself."""

    axe = models.ForeignKey(
        Axe, on_delete=models.CASCADE, related_name="pilotes", verbose_name="axe"
    )
    nom = models.CharField("nom", max_length=160)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )

    class Meta:
        verbose_name = "pilote d’axe"
        verbose_name_plural = "pilotes d’axe"
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.nom

    def get_additional_data(self):
        return {"convention": self.axe.convention_id}


class Objectif(Ordonne, Reference):
    """Optional second level."""

    axe = models.ForeignKey(
        Axe, on_delete=models.CASCADE, related_name="objectifs", verbose_name="axe"
    )
    code = models.CharField("code", max_length=20, blank=True)
    intitule = models.CharField("intitulé", max_length=400)

    class Meta:
        verbose_name = "objectif"
        verbose_name_plural = "objectifs"
        ordering = ["axe__ordre", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["axe", "reference"],
                condition=~models.Q(reference=""),
                name="objectif_reference_unique",
                violation_error_message="Cette référence d’objectif existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.code}. {self.intitule}" if self.code else self.intitule

    def get_additional_data(self):
        return {"convention": self.axe.convention_id}
