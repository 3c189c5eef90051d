"""The frise: everything of a convention that has a date, year by year, and where today stands."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum

from django.db.models import Model
from django.utils import timezone

from actions.enums import Apparence
from actions.models import Realisation
from actions.queries import realisations_of
from axes.enums import TypeJalon
from axes.models import Convention, Jalon
from copil.enums import EtatReunion, TypeInstance
from copil.models import Reunion
from ctg_portal.lib.dates import DatePartielle
from reports.models import Bilan

EVALUER = frozenset({TypeJalon.EVALUATION, TypeJalon.RENOUVELLEMENT})
# Types that say nothing more than the name of their lane.
TYPES_TUS = frozenset({"", TypeJalon.AUTRE, TypeJalon.EVALUATION})


class Genre(Enum):
    """What stands on the time line: the class of its mark, its name."""

    JALON = ("jalon", "Jalon")
    EVALUATION = ("evaluation", "Évaluation")
    REUNION = ("reunion", "Réunion")
    AUJOURDHUI = ("aujourdhui", "Aujourd’hui")

    @property
    def classe(self) -> str:
        return self.value[0]

    @property
    def nom(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Evenement:
    """Something dated. `rang` numbers the milestones and evaluations, as on the drawing.

    `etat` is said where it is not the ordinary one: a meeting to come or cancelled.
    """

    genre: Genre
    date: DatePartielle
    titre: str
    detail: str = ""
    adresse: str = ""
    rang: int | None = None
    est_copil: bool = False
    etat: Apparence | None = None
    a_venir: bool = False


@dataclass(frozen=True, slots=True)
class AnneeFrise:
    """A year; `dehors` says where it stands, "avant la convention", when it is none of its own."""

    annee: int
    evenements: tuple[Evenement, ...]
    realisations: tuple[Realisation, ...]
    dehors: str

    @property
    def dans_convention(self) -> bool:
        return not self.dehors


@dataclass(frozen=True, slots=True)
class Frise:
    """`annees` holds every year of the convention and those in which something is dated.

    `sans_date` counts the meetings and the achievements that no year can show.
    """

    annees: tuple[AnneeFrise, ...]
    reunions_sans_date: int
    realisations_sans_date: int
    aujourdhui: datetime.date

    @property
    def evenements(self) -> tuple[Evenement, ...]:
        return tuple(event for year in self.annees for event in year.evenements)

    @property
    def est_vide(self) -> bool:
        dated = any(event.genre is not Genre.AUJOURDHUI for event in self.evenements)
        return not dated and not any(year.realisations for year in self.annees)


def build_frise(convention: Convention, *, today: datetime.date) -> Frise:
    """Milestones, evaluations, meetings and achievements in the order of time. Five queries."""
    reunions = list(Reunion.objects.of_convention(convention).prefetch_related("instances"))
    events = [
        *_milestones(convention, today),
        *(_meeting(reunion, convention, today) for reunion in reunions if reunion.date),
        Evenement(Genre.AUJOURDHUI, DatePartielle.jour(today), "Aujourd’hui"),
    ]
    realisations = list(realisations_of(convention).filter(niveau=1).order_by("date", "pk"))
    dated = [realisation for realisation in realisations if realisation.date]
    return Frise(
        annees=_by_year(convention, sorted(events, key=_chronological), dated),
        reunions_sans_date=sum(1 for reunion in reunions if not reunion.date),
        realisations_sans_date=len(realisations) - len(dated),
        aujourdhui=today,
    )


def _milestones(convention, today) -> list[Evenement]:
    """Jalons and frozen bilans in the order of time, numbered together."""
    found = [
        Evenement(
            genre=Genre.EVALUATION if jalon.type in EVALUER else Genre.JALON,
            date=jalon.date,
            titre=jalon.intitule,
            detail=jalon.get_type_display() if jalon.type not in TYPES_TUS else "",
            a_venir=_is_to_come(jalon.date, today),
        )
        for jalon in Jalon.objects.filter(convention=convention)
    ]
    frozen = (
        Bilan.objects.of_convention(convention)
        .latest_versions()
        .only("convention_id", "exercice", "arrete_le")
    )
    for bilan in frozen:
        what = f"de {bilan.exercice}" if bilan.exercice else "de toute la période"
        found.append(
            Evenement(
                genre=Genre.EVALUATION,
                date=DatePartielle.jour(timezone.localdate(bilan.arrete_le)),
                titre=f"Bilan {what} arrêté",
                adresse=_address(bilan, convention),
            )
        )
    found.sort(key=_chronological)
    return [replace(event, rang=rank) for rank, event in enumerate(found, start=1)]


def _meeting(reunion: Reunion, convention, today) -> Evenement:
    bodies = ", ".join(str(instance) for instance in reunion.instances.all())
    motif = f"motif\u00a0: {reunion.motif}" if reunion.motif else ""
    details = [bodies if reunion.titre else "", reunion.lieu, motif]
    return Evenement(
        genre=Genre.REUNION,
        date=reunion.date,
        titre=reunion.nom,
        detail=", ".join(detail for detail in details if detail),
        adresse=_address(reunion, convention),
        est_copil=any(one.type == TypeInstance.COPIL for one in reunion.instances.all()),
        etat=None if reunion.etat == EtatReunion.TENUE else reunion.etat_apparence,
        a_venir=_is_to_come(reunion.date, today),
    )


def _address(row: Model, convention: Convention) -> str:
    row.convention = convention
    return row.get_absolute_url()


def _is_to_come(date: DatePartielle, today: datetime.date) -> bool:
    return date.debut > today


def _chronological(event: Evenement):
    return (event.date.debut, event.date.fin, event.genre is not Genre.AUJOURDHUI)


def _by_year(convention, events, realisations) -> tuple[AnneeFrise, ...]:
    of_year: dict[int, tuple[list, list]] = defaultdict(lambda: ([], []))
    for event in events:
        of_year[event.date.annee][0].append(event)
    for realisation in realisations:
        of_year[realisation.date.annee][1].append(realisation)
    if convention.debut and convention.fin:
        for year in range(convention.debut.annee, convention.fin.fin.year + 1):
            of_year[year]  # an empty year of the convention keeps its place
    return tuple(
        AnneeFrise(year, tuple(found), tuple(done), _outside(convention, year))
        for year, (found, done) in sorted(of_year.items())
    )


def _outside(convention: Convention, year: int) -> str:
    """Where a year stands that the convention does not cover; empty for its own years."""
    if convention.covers(year):
        return ""
    is_before = convention.debut is not None and year < convention.debut.annee
    return f"{'avant' if is_before else 'après'} la convention"
