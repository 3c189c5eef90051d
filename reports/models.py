"""The bilan as a kept document: a draft, then an arrêté that nothing can change."""

import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from axes.models import Axe, Convention
from axes.models.convention import DansConvention
from copil.models import Reunion
from ctg_portal.lib.fields import RichTextField
from ctg_portal.lib.typographie import date_longue

from . import canonical
from .droits import photos_retirees
from .enums import Detail
from .tree import compose, nodes


class BilanFige(Exception):
    """An arrêté can be neither changed nor deleted; the message, in French, says what to do."""

    def __init__(self):
        super().__init__(
            "Un bilan arrêté ne peut être ni modifié ni supprimé : une correction est une nouvelle"
            " version, avec son motif."
        )


class BilanQuerySet(models.QuerySet):
    def of_convention(self, convention):
        return self.filter(convention=convention)

    def arretes(self):
        return self.filter(arrete_le__isnull=False)

    def brouillons(self):
        return self.filter(arrete_le__isnull=True)

    def latest_versions(self):
        """Arrêtés that no correction replaces."""
        return self.arretes().filter(correction__isnull=True)

    def delete(self):
        if self.arretes().exists():
            raise BilanFige
        return super().delete()

    delete.alters_data = True


class Bilan(DansConvention):
    """One bilan of one exercice or of the whole period (exercice empty).

    Once `arrete_le` is set the row is frozen: `arbre` is the canonical text of its tree
    (`canonical.py`), `empreinte` the SHA-256 of that text, `personnes` the name behind each token,
    the only thing that may still change, to erase one. Beside `save` and `delete`, a trigger of the
    database (first migration) refuses any other change. What the COPIL said, and why a version
    replaces another, stand in the tree, where every name is a token.
    """

    MODIFIABLES = frozenset({"personnes"})

    convention = models.ForeignKey(
        Convention,
        # What a committee adopted cannot vanish with the convention that it is about.
        on_delete=models.PROTECT,
        related_name="bilans",
        verbose_name="convention",
    )
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
        help_text="La réunion qui a examiné ce bilan.",
    )
    detail = models.CharField(
        "niveau de détail",
        max_length=10,
        choices=Detail,
        default=Detail.COMPLET,
        help_text=(
            "Synthèse : chiffres, tableaux et points, en une huitaine de pages. Standard : ce qui a"
            " été fait, sans le cadre de chaque fiche. Complet : tout."
        ),
    )
    sections = models.CharField(
        "parties",
        max_length=200,
        blank=True,
        help_text="Les parties imprimées, dans leur ordre. Vide : toutes, dans l’ordre habituel.",
    )
    axes = models.ManyToManyField(
        Axe,
        blank=True,
        related_name="+",
        verbose_name="axes",
        help_text="Aucun coché : tous les axes.",
    )
    introduction = RichTextField(
        "introduction", blank=True, help_text="Imprimée en tête du bilan, après le sommaire."
    )
    conclusion = RichTextField(
        "conclusion",
        blank=True,
        help_text="Vide : la conclusion de la convention, s’il y en a une.",
    )
    avec_photos = models.BooleanField(
        "photos", default=True, help_text="Seulement celles qui ont un droit à l’image."
    )
    avec_logos = models.BooleanField("logo", default=True, help_text="Sur la couverture.")
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    arrete_le = models.DateTimeField("arrêté le", null=True, blank=True)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # An account can go; the name of who froze the bilan stays in its tree.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    precedente = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="correction",
        verbose_name="version précédente",
    )
    arbre = models.TextField("arbre figé", blank=True, editable=False)
    personnes = models.JSONField("personnes nommées", default=dict, blank=True, editable=False)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, blank=True, editable=False)
    version_rendu = models.CharField("version du rendu", max_length=40, blank=True, editable=False)

    objects = BilanQuerySet.as_manager()

    class Meta:
        verbose_name = "bilan"
        verbose_name_plural = "bilans"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrete_le__isnull=True) | (~Q(arbre="") & ~Q(empreinte="")),
                name="bilan_arrete_avec_arbre",
                violation_error_message="Un bilan arrêté garde son arbre et son empreinte.",
            ),
            models.UniqueConstraint(
                F("convention"),
                # An empty exercice is the whole period: one value like another here.
                Coalesce("exercice", 0),
                F("version"),
                condition=Q(arrete_le__isnull=False),
                name="bilan_version_unique",
                violation_error_message="Ce bilan est déjà arrêté dans cette version.",
            ),
            models.CheckConstraint(
                condition=Q(version=1, precedente__isnull=True)
                | Q(version__gt=1, precedente__isnull=False),
                name="bilan_version_apres_une_autre",
                violation_error_message="Une nouvelle version dit laquelle elle remplace.",
            ),
        ]

    def __str__(self):
        name = f"Bilan {self.exercice}" if self.exercice else "Bilan de la convention"
        if not self.est_arrete:
            return name
        version = f", version {self.version}" if self.version > 1 else ""
        return f"{name}{version}, arrêté le {date_longue(timezone.localdate(self.arrete_le))}"

    def save(self, *args, **kwargs):
        self._refuse_if_frozen(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def get_absolute_url(self):
        page = "reports:arrete" if self.est_arrete else "reports:brouillon"
        return reverse(page, args=[self.convention.slug, self.pk])

    @property
    def est_arrete(self) -> bool:
        return self.arrete_le is not None

    @property
    def remplace_par(self) -> "Bilan | None":
        """The version that corrects this one."""
        return getattr(self, "correction", None)

    @property
    def tree(self) -> nodes.Bilan:
        """What is printed of the frozen tree. Raises canonical.TexteIllisible."""
        return compose(self.tree_entier)

    @property
    def tree_entier(self) -> nodes.Bilan:
        """The whole frozen tree, whatever is printed of it: for comparisons. Raises as `tree`."""
        return canonical.read(self.arbre, self.personnes, photos_retirees(self))

    def _refuse_if_frozen(self, update_fields=None) -> None:
        """The stored row decides, whatever this object says of itself."""
        if update_fields and set(update_fields) <= self.MODIFIABLES:
            return
        if self.pk and Bilan.objects.arretes().filter(pk=self.pk).exists():
            raise BilanFige


class PartageQuerySet(models.QuerySet):
    def running(self, today: datetime.date):
        """Links that open something on that day."""
        return self.filter(revoque_le__isnull=True, expire_le__gte=today)


class Partage(models.Model):
    """A read-only link to one bilan, for whoever has no account, until a date or its withdrawal.

    The link alone holds the token: the database only keeps its SHA-256, and a hash of the code that
    may go with it. Of those who open it, it keeps how many times, and the last day.
    """

    # To whom the coordination sends a bilan is the team's business.
    INTERNE_AU_JOURNAL = True

    bilan = models.ForeignKey(
        Bilan,
        # An arrêté stays for ever; without its draft, a link has nothing to show.
        on_delete=models.CASCADE,
        related_name="partages",
        verbose_name="bilan",
    )
    pour = models.CharField("pour qui", max_length=150)
    jeton = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    empreinte_code = models.CharField(
        "empreinte du code", max_length=128, blank=True, editable=False
    )
    expire_le = models.DateField("jusqu’au")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # An account can go; the link that it gave still has to be seen, to be withdrawn.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    revoque_le = models.DateTimeField("retiré le", null=True, blank=True, editable=False)
    ouvertures = models.PositiveIntegerField("nombre d’ouvertures", default=0, editable=False)
    derniere_ouverture = models.DateField(
        "jour de la dernière ouverture", null=True, blank=True, editable=False
    )

    objects = PartageQuerySet.as_manager()

    class Meta:
        verbose_name = "partage"
        verbose_name_plural = "partages"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(pour=""),
                name="partage_pour_quelqu_un",
                violation_error_message="Dites pour qui est ce lien.",
            ),
            models.CheckConstraint(
                condition=Q(ouvertures=0, derniere_ouverture__isnull=True)
                | Q(ouvertures__gt=0, derniere_ouverture__isnull=False),
                name="partage_ouvert_un_jour",
                violation_error_message="Un lien ouvert garde le jour de sa dernière ouverture.",
            ),
        ]

    def __str__(self):
        return f"{self.pour}, jusqu’au {date_longue(self.expire_le)}"

    def get_additional_data(self):
        return {"convention": self.bilan.convention_id}

    def is_code(self, code: str) -> bool:
        """Whether this is the code that goes with the link."""
        return check_password(code, self.empreinte_code)
