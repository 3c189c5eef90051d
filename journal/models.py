"""The journal: who changed what, when, from which value to which, in which convention."""

import datetime

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone


class EntreeQuerySet(models.QuerySet):
    def of_convention(self, convention_pk: int):
        return self.filter(convention_pk=convention_pk)

    def of_fiche(self, fiche_pk: int):
        return self.filter(fiche_pk=fiche_pk)

    def mentioning(self, texte: str):
        """Entries whose object or summary holds these words."""
        return self.filter(Q(object_repr__icontains=texte) | Q(resume__icontains=texte))

    def recent_first(self):
        return self.order_by("-timestamp", "-pk")


class EntreeManager(LogEntryManager.from_queryset(EntreeQuerySet)):
    pass


class Entree(AbstractLogEntry):
    """One recorded change.

    The convention and the fiche are kept as bare keys: the journal stands below the packages that
    hold them, and an entry outlives what it tells about.
    """

    convention_pk = models.BigIntegerField("convention", null=True, blank=True, db_index=True)
    fiche_pk = models.BigIntegerField("fiche action", null=True, blank=True, db_index=True)
    resume = models.TextField(
        "résumé",
        blank=True,
        help_text="Phrase qui dit à elle seule ce qui s’est passé, par exemple pour un import.",
    )
    est_import = models.BooleanField("issue d’un import", default=False)

    objects = EntreeManager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        ordering = ["-timestamp", "-pk"]
        indexes = [
            models.Index(fields=["convention_pk", "-timestamp"], name="journal_par_convention"),
            models.Index(fields=["fiche_pk", "-timestamp"], name="journal_par_fiche"),
        ]

    def __str__(self):
        return f"{self.timestamp:%d/%m/%Y %H:%M} {self.object_repr}"

    @classmethod
    def recent_of(cls, convention_pk, today: datetime.date):
        """Entries of a convention since the day before: on one day, their number only grows.

        Entries are never removed: a number that has not changed says that nothing was written.
        """
        since = datetime.datetime.combine(today - datetime.timedelta(days=1), datetime.time.min)
        return cls.objects.filter(
            convention_pk=convention_pk, timestamp__gte=timezone.make_aware(since)
        ).order_by()

    @classmethod
    def state_of(cls, convention_pk, today: datetime.date) -> dict[str, Subquery]:
        """That number as an annotation, None for none; it tells nothing without its day."""
        recent = cls.recent_of(convention_pk, today)
        count = recent.values("convention_pk").annotate(n=models.Count("pk"))
        return {"entrees_recentes": Subquery(count.values("n"))}

    def save(self, *args, **kwargs):
        """Move the place given by the changed object out of auditlog's free-form data."""
        place = self.additional_data or {}
        if self.convention_pk is None:
            self.convention_pk = place.get("convention")
        if self.fiche_pk is None:
            self.fiche_pk = place.get("fiche")
        super().save(*args, **kwargs)
