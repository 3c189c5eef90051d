"""The convention itself and what its opening pages state."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from ctg_portal.lib.fields import DatePartielleField, RichTextField
from ctg_portal.lib.models import Ordonne

from ..enums import ROLES_LISANT, Accent, Phase, TypeJalon, TypeTerritoire


class ConventionQuerySet(models.QuerySet):
    def of_team(self, user):
        """The conventions in which this person holds a running grant, each with its `role`."""
        return self.filter(
            Q(membres__expire_le__isnull=True) | Q(membres__expire_le__gte=timezone.localdate()),
            membres__user=user,
        ).annotate(role=models.F("membres__role"))

    def visible_to(self, user):
        """The conventions in which this person holds a running grant that lets her read."""
        return self.of_team(user).filter(role__in=ROLES_LISANT)


class Convention(models.Model):
    """A Convention Territoriale Globale: territory, period and the words it uses for its levels."""

    nom = models.CharField(
        "nom", max_length=200, help_text="Nom de la convention, tel qu’il est imprimé."
    )
    slug = models.SlugField(
        "adresse",
        max_length=80,
        unique=True,
        error_messages={"unique": "Une convention porte déjà cette adresse."},
        help_text="Partie de l’adresse des pages de cette convention.",
    )
    sous_titre = models.CharField("sous-titre", max_length=400, blank=True)
    territoire = models.CharField(
        "territoire",
        max_length=200,
        help_text="Nom du territoire, par exemple « Pays de Lalbenque-Limogne ».",
    )
    type_territoire = models.CharField(
        "type de territoire", max_length=30, choices=TypeTerritoire, blank=True
    )
    caf = models.CharField(
        "Caf", max_length=120, blank=True, help_text="Caf signataire, par exemple « Caf du Lot »."
    )
    debut = DatePartielleField("début", blank=True, help_text="Jour, mois ou année.")
    fin = DatePartielleField("fin", blank=True, help_text="Jour, mois ou année.")
    signature = DatePartielleField(
        "signature", blank=True, help_text="Jour, mois ou année de la signature."
    )
    phase = models.CharField("phase", max_length=20, choices=Phase, blank=True)
    libelle_axe = models.CharField(
        "mot pour le premier niveau",
        max_length=40,
        default="Axe",
        help_text="Axe, enjeu, thème, groupe technique…",
    )
    libelle_objectif = models.CharField(
        "mot pour le deuxième niveau", max_length=40, default="Objectif"
    )
    libelle_action = models.CharField(
        "mot pour le troisième niveau", max_length=40, default="Fiche action"
    )
    presentation = RichTextField(
        "présentation", blank=True, help_text="Contexte, imprimé au début du bilan."
    )
    conclusion = RichTextField("conclusion", blank=True, help_text="Imprimée à la fin du bilan.")
    logo = models.ImageField("logo", upload_to="logos/", blank=True)
    couleur = models.CharField("couleur", max_length=10, choices=Accent, default=Accent.BLEU)
    precedente = models.ForeignKey(
        "self",
        # A signed convention is never deleted with the one that renews it, nor the reverse.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suivantes",
        verbose_name="convention précédente",
        help_text="Convention que celle-ci renouvelle.",
    )

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["territoire", "nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(couleur__in=Accent.values),
                name="convention_couleur_de_la_liste",
                violation_error_message="Choisissez une couleur de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(debut__isnull=True)
                | Q(fin__isnull=True)
                | Q(fin__dernier_jour__gte=models.F("debut__premier_jour")),
                name="convention_fin_apres_debut",
                violation_error_message="La fin de la convention est avant son début.",
            ),
        ]

    def __str__(self):
        return f"{self.territoire}, {self.nom}"

    def get_absolute_url(self):
        return reverse("pilotage:tableau", args=[self.slug])

    @property
    def periode(self) -> str:
        """Years of the convention: "2019-2022", one year, or an empty text when not known."""
        years = [str(date.annee) for date in (self.debut, self.fin) if date]
        return "-".join(dict.fromkeys(years))

    @property
    def accent(self) -> str:
        return self.couleur

    def get_additional_data(self):
        return {"convention": self.pk}

    def covers(self, annee: int) -> bool:
        """False only when that year is known to lie outside the period."""
        starts_before = self.debut is None or self.debut.debut.year <= annee
        return starts_before and (self.fin is None or annee <= self.fin.fin.year)


class DansConvention(models.Model):
    """Abstract: a row that belongs to one convention directly."""

    # Everything that a convention holds lives and goes with it; only an empty one can be deleted
    # from the pages, by a service that checks.
    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, verbose_name="convention", related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    def get_additional_data(self):
        return {"convention": self.convention_id}


class Commune(Ordonne, DansConvention):
    nom = models.CharField("nom", max_length=120)

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ["ordre", "nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                "convention",
                Lower("nom"),
                name="commune_unique",
                violation_error_message="Cette commune est déjà dans la liste.",
            )
        ]

    def __str__(self):
        return self.nom


class Signataire(Ordonne, DansConvention):
    """An organisation that signed, with the persons who signed for it."""

    organisme = models.CharField("organisme", max_length=200)
    nom_court = models.CharField("nom court", max_length=60, blank=True)
    type = models.CharField(
        "type", max_length=80, blank=True, help_text="Caf, EPCI, commune, Département, État, MSA…"
    )
    entree = DatePartielleField(
        "entrée",
        blank=True,
        help_text="Date d’entrée dans la convention, si elle diffère de la signature.",
    )

    class Meta:
        verbose_name = "signataire"
        verbose_name_plural = "signataires"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                "convention",
                Lower("organisme"),
                name="signataire_unique",
                violation_error_message="Cet organisme est déjà signataire.",
            )
        ]

    def __str__(self):
        return self.nom_court or self.organisme


class Representant(Ordonne):
    signataire = models.ForeignKey(
        Signataire,
        on_delete=models.CASCADE,
        related_name="representants",
        verbose_name="signataire",
    )
    nom = models.CharField("nom", max_length=120, blank=True)
    qualite = models.CharField("qualité", max_length=160, blank=True)

    class Meta:
        verbose_name = "représentant"
        verbose_name_plural = "représentants"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom="", qualite=""),
                name="representant_nomme",
                violation_error_message="Indiquez un nom ou une qualité.",
            )
        ]

    def __str__(self):
        return ", ".join(part for part in (self.nom, self.qualite) if part)

    def get_additional_data(self):
        return {"convention": self.signataire.convention_id}


class Jalon(Ordonne, DansConvention):
    """A date in the life of the convention."""

    date = DatePartielleField("date", help_text="Jour, mois, année ou période.")
    type = models.CharField("type", max_length=20, choices=TypeJalon, blank=True)
    intitule = models.CharField("intitulé", max_length=300)

    class Meta:
        verbose_name = "jalon"
        verbose_name_plural = "jalons"
        ordering = ["date", "ordre", "pk"]

    def __str__(self):
        return f"{self.date}, {self.intitule}"


class ThematiqueQuerySet(models.QuerySet):
    def offered_to(self, convention):
        """The national list and the convention's own."""
        return self.filter(Q(convention__isnull=True) | Q(convention=convention))


class Thematique(models.Model):
    """A theme: from the national list (no convention) or a territory's own."""

    convention = models.ForeignKey(
        Convention,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="thematiques",
        verbose_name="convention",
        help_text="Vide pour une thématique de la liste nationale.",
    )
    nom = models.CharField("nom", max_length=80)

    objects = ThematiqueQuerySet.as_manager()

    class Meta:
        verbose_name = "thématique"
        verbose_name_plural = "thématiques"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("nom"),
                condition=Q(convention__isnull=True),
                name="thematique_nationale_unique",
                violation_error_message="Cette thématique existe déjà.",
            ),
            models.UniqueConstraint(
                "convention",
                Lower("nom"),
                condition=Q(convention__isnull=False),
                name="thematique_locale_unique",
                violation_error_message="Cette thématique existe déjà.",
            ),
        ]

    def __str__(self):
        return self.nom

    def get_additional_data(self):
        return {"convention": self.convention_id}
