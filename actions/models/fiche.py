"""The fiche action, around which everything else stands."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from axes.enums import ROLES_LISANT
from axes.models import Axe, Commune, Objectif, Thematique
from ctg_portal.lib.fields import DatePartielleField, RichTextField, TextField
from ctg_portal.lib.models import Cherchable, Ordonne, Reference
from ctg_portal.lib.recherche import normalise

from ..enums import SUIVI_CLOS, MeneePar, MotifEcart, Objectifs, Origine, Realisation, Suite, Suivi


class FicheQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Fiches of the conventions in which this person may read."""
        today = timezone.localdate()
        return self.filter(
            Q(axe__convention__membres__expire_le__isnull=True)
            | Q(axe__convention__membres__expire_le__gte=today),
            axe__convention__membres__user=user,
            axe__convention__membres__role__in=ROLES_LISANT,
        ).distinct()

    def of_convention(self, convention):
        return self.filter(axe__convention=convention)

    def active(self):
        """Those that counts are made of: not archived."""
        return self.filter(archivee=False)

    def in_order(self):
        return self.order_by("axe__ordre", "axe_id", "ordre", "pk")

    def with_place(self):
        """Axe and objectif in the same query, for codes, titles and links."""
        return self.select_related("axe", "objectif")

    def searching(self, texte: str):
        """Fiches that hold every word, each in any of their texts or lists, whatever the accents.

        The lists are LISTES_CHERCHEES; internal notes and comments are not searched.
        """
        lists = [
            self.model._meta.get_field(name).related_model for name in self.model.LISTES_CHERCHEES
        ]
        fiches = self
        for mot in normalise(texte).split()[:8]:
            held = Q(recherche__contains=mot)
            for model in lists:
                rows = model.objects.filter(fiche=OuterRef("pk"), recherche__contains=mot)
                held |= Exists(rows)
            fiches = fiches.filter(held)
        return fiches

    def reaching(self, commune):
        """Fiches that name this commune (`la_nomme`), and those for the whole territory.

        A fiche without communes is for the whole territory: it reaches each of them.
        """
        named = self.model.communes.through.objects.filter(ficheaction=OuterRef("pk"))
        return self.annotate(la_nomme=Exists(named.filter(commune=commune))).filter(
            Q(la_nomme=True) | ~Exists(named)
        )

    def late(self, today: datetime.date):
        """Fiches whose planned end is over and that are neither finished nor given up."""
        return self.filter(fin__dernier_jour__lt=today.isoformat()).exclude(suivi__in=SUIVI_CLOS)


def repere_of(code: str, numero_axe: str) -> str:
    """Axe and code as people say them, "1.A2"; the code alone where it already holds them."""
    if not code or not numero_axe or "." in code:
        return code
    return f"{numero_axe}.{code}"


class FicheAction(Cherchable, Ordonne, Reference):
    """One action of the plan; each of its three statuses may be empty on its own."""

    TEXTES_CHERCHES = (
        "code",
        "intitule",
        "intitule_court",
        "contexte",
        "public",
        "moyens",
        "echeancier",
        "analyse_ecarts",
    )
    LISTES_CHERCHEES = (
        "resultats_attendus",
        "volets",
        "realisations",
        "points_etape",
        "partenaires",
    )
    # Read by the team only: the journal leaves them out for everybody else.
    CHAMPS_INTERNES = frozenset({"notes_internes"})

    axe = models.ForeignKey(
        # An axe with fiches is never deleted under them.
        Axe,
        on_delete=models.PROTECT,
        related_name="fiches",
        verbose_name="axe",
    )
    objectif = models.ForeignKey(
        Objectif,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fiches",
        verbose_name="objectif",
    )
    code = models.CharField(
        "code",
        max_length=20,
        blank=True,
        help_text="Code imprimé, par exemple « A1 » ou « 1.2.3 ». Deux fiches peuvent porter le"
        " même.",
    )
    intitule = models.CharField("intitulé", max_length=400)
    intitule_court = models.CharField("intitulé court", max_length=120, blank=True)
    origine = models.CharField("origine", max_length=20, choices=Origine, blank=True)
    archivee = models.BooleanField(
        "archivée", default=False, help_text="Une fiche archivée ne compte plus nulle part."
    )
    dans_synthese = models.BooleanField(
        "dans les tableaux de synthèse",
        default=True,
        help_text="Décochez pour que la fiche n’ait pas de ligne dans les tableaux de synthèse.",
    )
    contexte = RichTextField("contexte", blank=True)
    public = RichTextField("public", blank=True)
    moyens = RichTextField("moyens", blank=True)
    debut = DatePartielleField("début prévu", blank=True)
    fin = DatePartielleField("fin prévue", blank=True)
    echeancier = RichTextField("échéancier", blank=True)

    suivi = models.CharField("suivi", max_length=20, choices=Suivi, blank=True, db_index=True)
    realisation = models.CharField("réalisation", max_length=20, choices=Realisation, blank=True)
    objectifs_atteints = models.CharField("objectifs", max_length=20, choices=Objectifs, blank=True)
    motif_ecart = models.CharField("motif d’écart", max_length=30, choices=MotifEcart, blank=True)
    analyse_ecarts = RichTextField(
        "remarques, analyse des écarts",
        blank=True,
        help_text="Imprimée dans les tableaux de synthèse.",
    )
    menee_par = models.CharField("menée par", max_length=20, choices=MeneePar, blank=True)
    suite = models.CharField(
        "suite à donner",
        max_length=20,
        choices=Suite,
        blank=True,
        help_text="Ce que le renouvellement devra trancher.",
    )

    elu_referent = models.CharField("élu·e référent·e", max_length=160, blank=True)
    communes = models.ManyToManyField(
        Commune,
        blank=True,
        related_name="fiches",
        verbose_name="communes",
        help_text="Aucune : tout le territoire.",
    )
    thematiques = models.ManyToManyField(
        Thematique, blank=True, related_name="fiches", verbose_name="thématiques"
    )
    fiches_liees = models.ManyToManyField("self", blank=True, verbose_name="fiches liées")
    precedente = models.ForeignKey(
        "self",
        # The lineage outlives the fiche of the convention before.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="suivantes",
        verbose_name="fiche précédente",
        help_text="Fiche de la convention précédente que celle-ci reprend.",
    )
    notes_internes = TextField(
        "notes internes", blank=True, help_text="Lues par l’équipe seulement, jamais imprimées."
    )
    modifiee_le = models.DateTimeField("mise à jour le", auto_now=True)

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche action"
        verbose_name_plural = "fiches actions"
        ordering = ["axe__ordre", "axe_id", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["axe", "reference"],
                condition=~Q(reference=""),
                name="fiche_reference_unique",
                violation_error_message="Cette référence de fiche existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(suivi__in=["", *Suivi.values]),
                name="fiche_suivi_de_la_liste",
                violation_error_message="Choisissez un suivi de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(realisation__in=["", *Realisation.values]),
                name="fiche_realisation_de_la_liste",
                violation_error_message="Choisissez une réalisation de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(objectifs_atteints__in=["", *Objectifs.values]),
                name="fiche_objectifs_de_la_liste",
                violation_error_message="Choisissez une atteinte des objectifs de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(debut__isnull=True)
                | Q(fin__isnull=True)
                | Q(fin__dernier_jour__gte=models.F("debut__premier_jour")),
                name="fiche_fin_apres_debut",
                violation_error_message="La fin de la fiche est avant son début.",
            ),
        ]

    def __str__(self):
        return f"{self.repere} {self.nom_court}" if self.code else self.nom_court

    def save(self, *args, update_fields=None, **kwargs):
        """Say when it was changed; to make room for another fiche is no change of this one."""
        if update_fields is not None and set(update_fields) != {"ordre"}:
            update_fields = {*update_fields, "modifiee_le"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def nom_court(self) -> str:
        return self.intitule_court or self.intitule

    @property
    def repere(self) -> str:
        return repere_of(self.code, self.axe.numero)

    @property
    def suivi_apparence(self):
        return Suivi.apparence_of(self.suivi)

    @property
    def realisation_apparence(self):
        return Realisation.apparence_of(self.realisation)

    @property
    def objectifs_apparence(self):
        return Objectifs.apparence_of(self.objectifs_atteints)

    def get_absolute_url(self):
        return reverse("pilotage:fiche", args=[self.axe.convention.slug, self.pk])

    def get_additional_data(self):
        return {"convention": self.axe.convention_id, "fiche": self.pk}
