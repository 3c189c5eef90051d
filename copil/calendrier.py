"""The meetings of a convention and its open decisions, as the pages tell them."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from axes.models import Convention

from .enums import EtatReunion
from .models import Decision, Instance, Reunion


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The meetings of a convention: what comes, what was, what was cancelled.

    `prochaines` has the nearest first, those without a date last; `passees` pairs each year, the
    latest first (None: no date known), with its meetings.
    """

    prochaines: list[Reunion]
    passees: list[tuple[int | None, list[Reunion]]]
    annulees: list[Reunion]

    @property
    def total(self) -> int:
        held = sum(len(reunions) for _, reunions in self.passees)
        return len(self.prochaines) + held + len(self.annulees)


def build_calendrier(
    convention: Convention, *, today: datetime.date, instance: Instance | None = None
) -> Calendrier:
    """All meetings of a convention, or of one of its instances. Two queries."""
    reunions = Reunion.objects.of_convention(convention).prefetch_related("instances")
    if instance:
        reunions = reunions.filter(instances=instance)
    coming, over, cancelled = [], [], []
    for reunion in reunions.order_by("ordre", "pk"):
        reunion.convention = convention
        if reunion.etat == EtatReunion.ANNULEE:
            cancelled.append(reunion)
        elif _is_over(reunion, today):
            over.append(reunion)
        else:
            coming.append(reunion)
    over.sort(key=_first_day, reverse=True)
    return Calendrier(
        prochaines=sorted(coming, key=lambda reunion: (reunion.date is None, _first_day(reunion))),
        passees=[(year, list(group)) for year, group in groupby(over, key=_year)],
        annulees=sorted(cancelled, key=_first_day, reverse=True),
    )


def open_decisions(convention: Convention, instance: Instance | None = None) -> list[Decision]:
    """Decisions still to be carried out, the most pressing first, those without a date last."""
    decisions = Decision.objects.open().filter(reunion__convention=convention)
    if instance:
        decisions = decisions.filter(reunion__instances=instance)
    rows = decisions.select_related("fiche__axe", "reunion").order_by("ordre", "pk")
    return sorted(rows, key=lambda row: (row.echeance is None, _last_day(row.echeance)))


def _is_over(reunion: Reunion, today: datetime.date) -> bool:
    """Held, or planned for a day that has passed: the page then says that nobody confirmed it."""
    return reunion.etat == EtatReunion.TENUE or bool(
        reunion.date and reunion.date.est_passee(today)
    )


def _first_day(reunion: Reunion) -> datetime.date:
    return reunion.date.debut if reunion.date else datetime.date.min


def _last_day(date) -> datetime.date:
    return date.fin if date else datetime.date.max


def _year(reunion: Reunion) -> int | None:
    return reunion.date.annee if reunion.date else None
