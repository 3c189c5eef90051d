"""Calendar addresses: secret, one per person and convention, revocable."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from axes.models.convention import DansConvention


class AbonnementAgendaQuerySet(models.QuerySet):
    def running(self):
        """Addresses that were not revoked; who holds one must still be able to read, besides."""
        return self.filter(revoque_le__isnull=True)


class AbonnementAgenda(DansConvention):
    """The address by which one person's calendar reads the meetings of a convention.

    The address alone holds the token: the database only keeps its SHA-256.
    """

    # Which calendar somebody uses is nobody else's business.
    INTERNE_AU_JOURNAL = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # Without the person, the address opens nothing: there is nothing left to keep.
        on_delete=models.CASCADE,
        related_name="abonnements_agenda",
        verbose_name="personne",
    )
    jeton = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True, editable=False)

    objects = AbonnementAgendaQuerySet.as_manager()

    class Meta:
        verbose_name = "abonnement à l’agenda"
        verbose_name_plural = "abonnements à l’agenda"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "convention"],
                condition=Q(revoque_le__isnull=True),
                name="abonnement_agenda_un_seul_en_cours",
                violation_error_message="Cette personne a déjà une adresse d’agenda.",
            )
        ]

    def __str__(self):
        return str(self.user)
