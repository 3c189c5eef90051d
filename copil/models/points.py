"""Points of the year: strong, weak, perspectives, highlights, notes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from actions.models import FicheAction
from axes.models import Axe
from axes.models.convention import DansConvention
from ctg_portal.lib.fields import RichTextField
from ctg_portal.lib.models import Ordonne, Reference
from ctg_portal.lib.typographie import abrege

from ..enums import Devenir, NaturePoint


class Point(Ordonne, Reference, DansConvention):
    """A point of one exercice, of an axe or of the whole convention (axe empty).

    A perspective of exercice N is printed "Perspectives N+1" and, the year after, says what became
    of it; a phare may take up a perspective (`suite_de`).
    """

    axe = models.ForeignKey(
        Axe,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name="axe",
        help_text="Vide : toute la convention.",
    )
    exercice = models.PositiveSmallIntegerField(
        "exercice", validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    nature = models.CharField("nature", max_length=12, choices=NaturePoint)
    texte = RichTextField("texte")
    devenir = models.CharField("devenir", max_length=20, choices=Devenir, blank=True)
    fiche = models.ForeignKey(
        FicheAction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="points",
        verbose_name="fiche action",
        help_text="Fiche que la perspective est devenue, ou dont parle le point.",
    )
    suite_de = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="suites",
        verbose_name="reprend",
    )

    class Meta:
        verbose_name = "point de l’année"
        verbose_name_plural = "points de l’année"
        ordering = ["exercice", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~Q(reference=""),
                name="point_reference_unique",
                violation_error_message="Cette référence de point existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(nature__in=NaturePoint.values),
                name="point_nature_de_la_liste",
                violation_error_message="Choisissez une nature de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(devenir="") | Q(nature=NaturePoint.PERSPECTIVE),
                name="point_devenir_d_une_perspective",
                violation_error_message="Seule une perspective a un devenir.",
            ),
        ]

    def __str__(self):
        return abrege(self.texte, 80)

    def get_additional_data(self):
        return {"convention": self.convention_id, "fiche": self.fiche_id}
