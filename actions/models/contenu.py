"""What a fiche promised, contains and brought about."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ctg_portal.lib.enums import Borne
from ctg_portal.lib.fields import DatePartielleField, RichTextField
from ctg_portal.lib.models import Cherchable, Ordonne, Reference
from ctg_portal.lib.typographie import abrege

from ..enums import Atteint
from .fiche import FicheAction


class DansFiche(models.Model):
    """Abstract: a row that belongs to one fiche and goes with it.

    A fiche with any history is archived, never deleted: the cascade only follows the deletion of
    a fiche that nothing was ever written in.
    """

    fiche = models.ForeignKey(
        FicheAction,
        on_delete=models.CASCADE,
        verbose_name="fiche action",
    )

    class Meta:
        abstract = True

    def get_additional_data(self):
        return self.fiche.get_additional_data()


class ResultatAttendu(Cherchable, Ordonne, DansFiche):
    """An expected result in the words of the signed contract; a later wording stands beside it."""

    TEXTES_CHERCHES = ("texte", "texte_actuel", "intertitre")

    texte = models.TextField(
        "texte signé",
        max_length=2000,
        help_text="Les mots du contrat signé. Ils ne changent plus ; la formulation d’aujourd’hui"
        " se note à côté.",
    )
    texte_actuel = models.TextField("formulation actuelle", max_length=2000, blank=True)
    niveau = models.PositiveSmallIntegerField(
        "niveau", default=1, choices=[(1, "résultat"), (2, "sous-résultat")]
    )
    intertitre = models.CharField(
        "intertitre", max_length=200, blank=True, help_text="Imprimé au-dessus de cette ligne."
    )
    atteint = models.CharField("atteint", max_length=20, choices=Atteint, blank=True)

    class Meta:
        verbose_name = "résultat attendu"
        verbose_name_plural = "résultats attendus"
        default_related_name = "resultats_attendus"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(niveau__in=[1, 2]),
                name="resultat_niveau_1_ou_2",
                violation_error_message="Le niveau est 1 ou 2.",
            )
        ]

    def __str__(self):
        return abrege(self.texte, 80)

    @property
    def atteint_apparence(self):
        return Atteint.apparence_of(self.atteint)


class Volet(Cherchable, Ordonne, Reference, DansFiche):
    """A named project inside a fiche."""

    TEXTES_CHERCHES = ("titre", "texte")

    titre = models.CharField("titre", max_length=300)
    texte = RichTextField("texte", blank=True)

    class Meta:
        verbose_name = "volet"
        verbose_name_plural = "volets"
        default_related_name = "volets"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiche", "reference"],
                condition=~Q(reference=""),
                name="volet_reference_unique",
                violation_error_message="Cette référence de volet existe déjà.",
            )
        ]

    def __str__(self):
        return self.titre


class Realisation(Cherchable, Ordonne, DansFiche):
    """Something done, with its date, its place and at most one figure."""

    TEXTES_CHERCHES = ("texte", "lieu", "unite")

    volet = models.ForeignKey(
        Volet,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="realisations",
        verbose_name="volet",
    )
    date = DatePartielleField("date", blank=True, help_text="Jour, mois, année ou période.")
    lieu = models.CharField("lieu", max_length=160, blank=True)
    texte = RichTextField("ce qui a été fait")
    niveau = models.PositiveSmallIntegerField(
        "niveau", default=1, choices=[(1, "réalisation"), (2, "détail")]
    )
    nombre = models.DecimalField("nombre", max_digits=14, decimal_places=3, null=True, blank=True)
    borne = models.CharField("borne", max_length=10, choices=Borne, blank=True)
    unite = models.CharField(
        "unité", max_length=60, blank=True, help_text="Participants, enfants, séances…"
    )

    class Meta:
        verbose_name = "réalisation"
        verbose_name_plural = "réalisations"
        default_related_name = "realisations"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(niveau__in=[1, 2]),
                name="realisation_niveau_1_ou_2",
                violation_error_message="Le niveau est 1 ou 2.",
            )
        ]

    def __str__(self):
        return abrege(self.texte, 80)


class PointEtape(Cherchable, Ordonne, DansFiche):
    """What was written about the fiche in one year, kept beside the years that follow."""

    TEXTES_CHERCHES = ("texte",)

    exercice = models.PositiveSmallIntegerField(
        "exercice", validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    texte = RichTextField("point d’étape")

    class Meta:
        verbose_name = "point d’étape"
        verbose_name_plural = "points d’étape"
        default_related_name = "points_etape"
        ordering = ["exercice", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiche", "exercice"],
                name="point_etape_unique",
                violation_error_message="Cette fiche a déjà un point d’étape pour cet exercice.",
            )
        ]

    def __str__(self):
        return f"Point d’étape {self.exercice}"
