"""The page of an axe: pilots, objectives, fiches, points of the years."""

from dataclasses import dataclass

from actions.enums import Objectifs, Realisation
from actions.models import FicheAction, Financement
from axes.access import Acces
from axes.models import Axe
from copil.enums import NaturePoint
from copil.models import Point
from indicators.models import Indicateur
from indicators.series import series_of

from .financements import Totaux, totals_by_fiche, totals_by_year
from .groupes import GroupePlan, build_plan
from .plan import build_lines
from .tableau import LigneStatut, status_line


@dataclass(frozen=True, slots=True)
class PointsAnnee:
    """What was written about one exercice; `precedentes`: the perspectives of the year before."""

    exercice: int
    forts: list[Point]
    faibles: list[Point]
    perspectives: list[Point]
    notes: list[Point]
    precedentes: list[Point]


@dataclass(frozen=True, slots=True)
class AxeVu:
    axe: Axe
    pilotes: list
    groupes: list[GroupePlan]
    saisies: int
    lignes: tuple[LigneStatut, LigneStatut]
    annees: list[PointsAnnee]
    series: list
    par_fiche: Totaux
    par_annee: Totaux


def build_axe(axe: Axe, acces: Acces, editables: frozenset[int] = frozenset()) -> AxeVu:
    """Everything the page of an axe shows; the latest exercice first."""
    fiches = list(FicheAction.objects.filter(axe=axe).active().with_place().in_order())
    lignes = build_lines(fiches, editables, acces.convention.slug, precisions=False)
    plan = build_plan(fiches, lignes)
    points = list(Point.objects.filter(axe=axe).select_related("fiche__axe"))
    money = list(Financement.objects.filter(fiche__in=fiches))
    years = sorted({point.exercice for point in points}, reverse=True)
    return AxeVu(
        axe=axe,
        pilotes=list(axe.pilotes.all()),
        groupes=plan[0].groupes if plan else [],
        saisies=len(fiches),
        lignes=(
            status_line(Realisation, [f.realisation for f in fiches], len(fiches)),
            status_line(Objectifs, [f.objectifs_atteints for f in fiches], len(fiches)),
        ),
        annees=[_year(year, points) for year in years],
        series=series_of(
            acces.convention,
            indicateurs=Indicateur.objects.of_convention(acces.convention).filter(axe=axe),
        ),
        par_fiche=totals_by_fiche(money, fiches),
        par_annee=totals_by_year(money),
    )


def _year(year: int, points: list[Point]) -> PointsAnnee:
    def of(nature):
        return [p for p in points if p.exercice == year and p.nature == nature]

    return PointsAnnee(
        exercice=year,
        forts=of(NaturePoint.FORT),
        faibles=of(NaturePoint.FAIBLE),
        perspectives=of(NaturePoint.PERSPECTIVE),
        notes=of(NaturePoint.NOTE),
        precedentes=[
            p for p in points if p.exercice == year - 1 and p.nature == NaturePoint.PERSPECTIVE
        ],
    )
