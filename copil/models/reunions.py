"""Instances, their meetings, and the decisions that are followed until done."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Document, FicheAction
from axes.models.convention import DansConvention
from ctg_portal.lib.dates import Precision
from ctg_portal.lib.fields import DatePartielleField, RichTextField
from ctg_portal.lib.models import Ordonne, Reference
from ctg_portal.lib.typographie import abrege

from ..enums import ETATS_DECISION_OUVERTS, EtatDecision, EtatReunion, Presence, TypeInstance


class Instance(Ordonne, Reference, DansConvention):
    """A body that meets: COPIL, comité technique, commission, petit déjeuner…"""

    nom = models.CharField("nom", max_length=160)
    type = models.CharField("type", max_length=20, choices=TypeInstance, blank=True)
    composition = RichTextField("composition", blank=True, help_text="Imprimée en annexe.")

    class Meta:
        verbose_name = "instance"
        verbose_name_plural = "instances"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~Q(reference=""),
                name="instance_reference_unique",
                violation_error_message="Cette référence d’instance existe déjà.",
            )
        ]

    def __str__(self):
        return self.nom


class ReunionQuerySet(models.QuerySet):
    def of_convention(self, convention):
        return self.filter(convention=convention)

    def upcoming(self, today: datetime.date):
        """Planned meetings that are not over, the nearest first."""
        return self.filter(
            etat=EtatReunion.PREVUE, date__dernier_jour__gte=today.isoformat()
        ).order_by("date", "heure", "pk")

    def last_copil(self):
        """COPIL meetings that were held, the latest first."""
        return (
            self.filter(instances__type=TypeInstance.COPIL, etat=EtatReunion.TENUE)
            .exclude(date__isnull=True)
            .order_by("-date", "-pk")
        )


class Reunion(Ordonne, Reference, DansConvention):
    """A meeting of one instance, or of several together."""

    instances = models.ManyToManyField(Instance, related_name="reunions", verbose_name="instances")
    titre = models.CharField("titre", max_length=300, blank=True)
    date = DatePartielleField("date", blank=True)
    heure = models.CharField(
        "heure", max_length=20, blank=True, help_text="Par exemple « 9 h 30 »."
    )
    lieu = models.CharField("lieu", max_length=200, blank=True)
    visio = models.BooleanField("en visioconférence", default=False)
    etat = models.CharField("état", max_length=10, choices=EtatReunion, blank=True)
    motif = models.CharField("motif d’annulation", max_length=300, blank=True)
    nombre_participants = models.PositiveSmallIntegerField(
        "nombre de participants", null=True, blank=True
    )
    fiches = models.ManyToManyField(
        FicheAction, blank=True, related_name="reunions", verbose_name="fiches concernées"
    )
    compte_rendu = RichTextField("compte rendu", blank=True)
    documents = models.ManyToManyField(
        Document, blank=True, related_name="reunions", verbose_name="documents"
    )

    objects = ReunionQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        ordering = ["date", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "reference"],
                condition=~Q(reference=""),
                name="reunion_reference_unique",
                violation_error_message="Cette référence de réunion existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(motif="") | Q(etat=EtatReunion.ANNULEE),
                name="reunion_motif_si_annulee",
                violation_error_message="Un motif se donne pour une réunion annulée seulement.",
            ),
        ]

    def __str__(self):
        """ "COPIL du 9 octobre 2023", "Petit déjeuner, juin 2021"."""
        name = self.titre or "Réunion"
        if not self.date:
            return name
        joint = " du " if self.date.est_un_jour else ", "
        return f"{name}{joint}{self.date}"

    @property
    def nom(self) -> str:
        """The title, or the bodies that met; read `instances` with it in lists."""
        bodies = ", ".join(str(instance) for instance in self.instances.all())
        return self.titre or bodies or "Réunion"

    @property
    def etat_apparence(self):
        return EtatReunion.apparence_of(self.etat)

    @property
    def est_datee_au_jour(self) -> bool:
        """Whether its days are known: a meeting "in June" has no place in a calendar."""
        return self.date is not None and self.date.precision is Precision.JOUR

    @property
    def peut_s_annuler(self) -> bool:
        """What was held, or cancelled already, is corrected rather than cancelled."""
        return self.etat not in {EtatReunion.TENUE, EtatReunion.ANNULEE}

    def get_absolute_url(self):
        return reverse("pilotage:reunion", args=[self.convention.slug, self.pk])


class DansReunion(models.Model):
    """Abstract: a row of one meeting."""

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, verbose_name="réunion")

    class Meta:
        abstract = True

    def get_additional_data(self):
        return {"convention": self.reunion.convention_id}


class PointOrdreDuJour(Ordonne, DansReunion):
    texte = models.CharField("texte", max_length=500)

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "ordre du jour"
        ordering = ["ordre", "pk"]
        default_related_name = "ordre_du_jour"

    def __str__(self):
        return self.texte


class Participant(Ordonne, DansReunion):
    """Somebody invited; a function is enough, a name is not needed."""

    nom = models.CharField("nom", max_length=160, blank=True)
    qualite = models.CharField("qualité", max_length=200, blank=True)
    organisme = models.CharField("organisme", max_length=200, blank=True)
    presence = models.CharField("présence", max_length=10, choices=Presence, blank=True)
    role = models.CharField("rôle", max_length=80, blank=True, help_text="Par exemple intervenant.")

    class Meta:
        verbose_name = "participant"
        verbose_name_plural = "participants"
        ordering = ["ordre", "pk"]
        default_related_name = "participants"
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom="", qualite="", organisme=""),
                name="participant_nomme",
                violation_error_message="Indiquez un nom, une qualité ou un organisme.",
            )
        ]

    def __str__(self):
        return ", ".join(part for part in (self.nom, self.qualite, self.organisme) if part)


class DecisionQuerySet(models.QuerySet):
    def open(self):
        """Decisions still to be carried out."""
        return self.filter(etat__in=ETATS_DECISION_OUVERTS)


class Decision(Ordonne, DansReunion):
    texte = models.TextField("décision", max_length=2000)
    fiche = models.ForeignKey(
        FicheAction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="fiche action",
    )
    responsable = models.CharField("responsable", max_length=160, blank=True)
    echeance = DatePartielleField("échéance", blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatDecision, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ["ordre", "pk"]
        default_related_name = "decisions"

    def __str__(self):
        return abrege(self.texte, 80)

    @property
    def etat_apparence(self):
        return EtatDecision.apparence_of(self.etat)

    @property
    def est_ouverte(self) -> bool:
        return self.etat in ETATS_DECISION_OUVERTS

    def est_en_retard(self, today: datetime.date) -> bool:
        """Still to be carried out after its last day."""
        return self.est_ouverte and self.echeance is not None and self.echeance.est_passee(today)

    def get_additional_data(self):
        return {"convention": self.reunion.convention_id, "fiche": self.fiche_id}
