"""Structures, indicators and their values."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from actions.models import FicheAction, Volet
from axes.models import Axe, Commune, Convention
from axes.models.convention import DansConvention
from ctg_portal.lib.enums import Borne
from ctg_portal.lib.fields import PeriodeField, TextField
from ctg_portal.lib.models import Ordonne, Reference

from .enums import Nature, Periodicite, Sens


class Structure(Ordonne, Reference, DansConvention):
    """An equipment or a service (ALSH, EAJE, RPE, France services…)."""

    nom = models.CharField("nom", max_length=200)
    type = models.CharField(
        "type", max_length=80, blank=True, help_text="ALSH, EAJE, RPE, LAEP, MAM, ludothèque…"
    )
    commune = models.ForeignKey(
        Commune,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="structures",
        verbose_name="commune",
    )
    noms_anterieurs = models.CharField(
        "noms antérieurs",
        max_length=400,
        blank=True,
        help_text="Séparés par « ; » : « RAM ; RAMI ».",
    )

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~Q(reference=""),
                name="structure_reference_unique",
                violation_error_message="Cette référence de structure existe déjà.",
            )
        ]

    def __str__(self):
        return self.nom


class IndicateurQuerySet(models.QuerySet):
    def of_convention(self, convention: Convention):
        return self.filter(convention=convention)

    def of_axe(self, axe: Axe):
        """Those of the axe itself, of its fiches and of their volets."""
        return self.filter(Q(axe=axe) | Q(fiche__axe=axe) | Q(volet__fiche__axe=axe))

    def with_place(self):
        """Structure, fiche, axe and volet in the same query."""
        return self.select_related("structure", "fiche__axe", "axe", "volet__fiche__axe")

    def for_series(self):
        """What a series says of its indicator, and nothing else: half the time of whole rows."""
        place = ("axe__numero", "code", "intitule", "intitule_court")
        return self.with_place().only(
            *(field.attname for field in self.model._meta.concrete_fields),
            "structure__nom",
            "axe__numero",
            *(f"fiche__{field}" for field in place),
            *(f"volet__fiche__{field}" for field in place),
        )

    def by_axe_and_structure(self):
        """In the order of the grid: the convention's own first, then axe by axe, by structure."""
        rank = Coalesce("fiche__axe__ordre", "volet__fiche__axe__ordre", "axe__ordre")
        axe = Coalesce("fiche__axe_id", "volet__fiche__axe_id", "axe_id")
        return self.order_by(
            rank.asc(nulls_first=True),
            axe.asc(nulls_first=True),
            F("structure__ordre").asc(nulls_first=True),
            "structure_id",
            "ordre",
            "pk",
        )


class Indicateur(Ordonne, Reference, DansConvention):
    """A figure followed over time, of the convention, an axe, a fiche or a volet."""

    intitule = models.CharField("intitulé", max_length=300)
    unite = models.CharField("unité", max_length=60, blank=True)
    nature = models.CharField("nature", max_length=10, choices=Nature, blank=True)
    periodicite = models.CharField("périodicité", max_length=12, choices=Periodicite, blank=True)
    sens = models.CharField("sens attendu", max_length=10, choices=Sens, blank=True)
    decimales = models.PositiveSmallIntegerField(
        "décimales",
        default=0,
        validators=[MaxValueValidator(3)],
        help_text="Nombre de chiffres montrés après la virgule.",
    )
    structure = models.ForeignKey(
        Structure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicateurs",
        verbose_name="structure",
    )
    axe = models.ForeignKey(
        Axe,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicateurs",
        verbose_name="axe",
    )
    fiche = models.ForeignKey(
        FicheAction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicateurs",
        verbose_name="fiche action",
    )
    volet = models.ForeignKey(
        Volet,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicateurs",
        verbose_name="volet",
    )
    source = models.CharField("source", max_length=300, blank=True)
    methode = TextField("méthode", max_length=2000, blank=True)
    valeur_initiale = models.DecimalField(
        "valeur initiale", max_digits=14, decimal_places=3, null=True, blank=True
    )
    cible = models.DecimalField("cible", max_digits=14, decimal_places=3, null=True, blank=True)
    cible_periode = PeriodeField("période de la cible", blank=True, default="")
    cle = models.BooleanField(
        "indicateur clé", default=False, help_text="Montré sur le tableau de bord."
    )
    variation_imprimee = models.CharField(
        "variation imprimée",
        max_length=120,
        blank=True,
        help_text="Évolution telle qu’un document l’a imprimée (« +19 % »). Elle est citée à côté"
        " de l’évolution calculée.",
    )
    note = TextField("note", max_length=2000, blank=True)

    objects = IndicateurQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~Q(reference=""),
                name="indicateur_reference_unique",
                violation_error_message="Cette référence d’indicateur existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(decimales__lte=3),
                name="indicateur_trois_decimales_au_plus",
                violation_error_message="Trois décimales au plus.",
            ),
        ]

    def __str__(self):
        return self.intitule

    @property
    def fiche_porteuse(self) -> FicheAction | None:
        """The fiche that the indicator belongs to, itself or by its volet."""
        return self.fiche or (self.volet.fiche if self.volet else None)

    @property
    def axe_porteur(self) -> Axe | None:
        """The axe that the indicator belongs to, itself or by its fiche."""
        fiche = self.fiche_porteuse
        return fiche.axe if fiche else self.axe

    def get_absolute_url(self):
        return reverse("pilotage:indicateur", args=[self.convention.slug, self.pk])

    def get_additional_data(self):
        return {"convention": self.convention_id, "fiche": self.fiche_id, "indicateur": self.pk}


class Valeur(Ordonne):
    """The value of an indicator for one period: measured, or a forecast."""

    indicateur = models.ForeignKey(
        Indicateur, on_delete=models.CASCADE, related_name="valeurs", verbose_name="indicateur"
    )
    periode = PeriodeField(
        "période", help_text="2019, 2021/2022, 2022-06, 2022-12-31 ou « convention »."
    )
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=3, null=True, blank=True)
    texte = models.CharField(
        "texte", max_length=200, blank=True, help_text="Pour une valeur qui n’est pas un nombre."
    )
    borne = models.CharField("borne", max_length=10, choices=Borne, blank=True)
    valeur_max = models.DecimalField(
        "valeur maximale",
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Pour une fourchette.",
    )
    previsionnelle = models.BooleanField("prévisionnelle", default=False)
    partielle = models.BooleanField(
        "partielle", default=False, help_text="La période n’est pas couverte en entier."
    )
    note = models.CharField("note", max_length=300, blank=True)

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ["periode", "previsionnelle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicateur", "periode", "previsionnelle"],
                name="valeur_unique",
                violation_error_message="Cet indicateur a déjà une valeur pour cette période.",
            ),
            models.CheckConstraint(
                condition=Q(valeur_max__isnull=True) | Q(valeur_max__gte=models.F("valeur")),
                name="valeur_fourchette_croissante",
                violation_error_message="Le maximum de la fourchette est sous la valeur.",
            ),
        ]

    def __str__(self):
        return f"{self.indicateur} {self.periode}"

    def get_additional_data(self):
        return self.indicateur.get_additional_data()
