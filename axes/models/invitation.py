"""What was offered to somebody who has not answered yet."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ..enums import Role
from .convention import DansConvention
from .plan import Axe

VALIDITE = datetime.timedelta(days=7)


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Neither accepted nor withdrawn; the link of some may be too old."""
        return self.filter(acceptee_le__isnull=True, retiree_le__isnull=True)


class Invitation(DansConvention):
    """A role offered by e-mail. Whoever opens the link, once and in time, receives it.

    The e-mail alone holds the token: the database only keeps its SHA-256.
    """

    # It tells the address of somebody who is not there yet: the team only.
    INTERNE_AU_JOURNAL = True

    email = models.EmailField("adresse électronique")
    nom = models.CharField("nom", max_length=150, blank=True)
    role = models.CharField("rôle", max_length=20, choices=Role)
    axes = models.ManyToManyField(Axe, blank=True, related_name="+", verbose_name="axes")
    expire_le = models.DateField("jusqu’au", null=True, blank=True)
    jeton = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    envoyee_le = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # Whoever invited may leave; what she offered stands.
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="auteur",
    )
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True, editable=False)
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["-envoyee_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="invitation_adresse_en_minuscules",
                violation_error_message="Écrivez l’adresse électronique en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="invitation_role_de_la_liste",
                violation_error_message="Choisissez un rôle de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(acceptee_le__isnull=True) | Q(retiree_le__isnull=True),
                name="invitation_une_seule_fin",
                violation_error_message="Une invitation est acceptée ou retirée, pas les deux.",
            ),
            models.UniqueConstraint(
                fields=["convention", "email"],
                condition=Q(acceptee_le__isnull=True, retiree_le__isnull=True),
                name="invitation_une_seule_en_attente",
                violation_error_message="Une invitation attend déjà à cette adresse.",
            ),
        ]

    def __str__(self):
        return f"{self.nom or self.email} ({self.get_role_display()})"

    @property
    def valable_jusqu_au(self) -> datetime.datetime:
        """The moment from which the link of the last e-mail opens nothing."""
        return self.envoyee_le + VALIDITE

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        """Whether it can still be accepted."""
        answered = self.acceptee_le is not None or self.retiree_le is not None
        return not answered and (now or timezone.now()) < self.valable_jusqu_au
