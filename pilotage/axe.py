"""The page of an axe: what was planned, what is done, what is not and why, figures, points."""

from dataclasses import dataclass

from django.db.models import Q

from actions.enums import Objectifs, Realisation
from actions.models import FicheAction, Financement
from actions.queries import reached_results
from axes.access import Acces
from axes.models import Axe, Objectif
from copil.enums import NaturePoint
from copil.models import Point
from ctg_portal.lib.typographie import compte
from indicators.models import Indicateur
from indicators.series import Serie, series_of

from .axe_en_bref import tell_axe, tell_devenirs
from .financements import Totaux, totals_by_fiche, totals_by_year
from .plan import LignePlan, build_lines
from .tableau import LigneStatut, status_line

# Beyond these, the other figures are folded under one line.
CHIFFRES_MONTRES = 4


@dataclass(frozen=True, slots=True)
class FicheVue:
    """A fiche of the axe; `resultats` says how many of its expected results were reached."""

    fiche: FicheAction
    ligne: LignePlan
    resultats: str


@dataclass(frozen=True, slots=True)
class ObjectifVu:
    objectif: Objectif
    fiches: int


@dataclass(frozen=True, slots=True)
class PointsAnnee:
    """What was written about one exercice; `precedentes`: the perspectives of the year before.

    `bilan_precedentes` counts in words what became of them.
    """

    exercice: int
    phares: list[Point]
    forts: list[Point]
    faibles: list[Point]
    perspectives: list[Point]
    notes: list[Point]
    precedentes: list[Point]
    bilan_precedentes: str


@dataclass(frozen=True, slots=True)
class AxeVu:
    """The fiches stand each in one of four lists, by réalisation; `phrases` sum them up.

    `cles` are the figures shown first, `series` the others; `annees` the latest exercice first.
    """

    axe: Axe
    pilotes: list
    objectifs: list[ObjectifVu]
    saisies: int
    phrases: list[str]
    lignes: tuple[LigneStatut, LigneStatut]
    realisees: list[FicheVue]
    en_partie: list[FicheVue]
    non_realisees: list[FicheVue]
    non_renseignees: list[FicheVue]
    cles: list[Serie]
    series: list[Serie]
    annees: list[PointsAnnee]
    par_fiche: Totaux
    par_annee: Totaux


def build_axe(axe: Axe, acces: Acces) -> AxeVu:
    """Everything the page of an axe shows, in at most ten queries."""
    fiches = list(
        FicheAction.objects.filter(axe=axe).active().select_related("objectif").in_order()
    )
    for fiche in fiches:
        # The axe was read with its convention: codes and links ask for nothing more.
        fiche.axe = axe
    vues = _fiches(fiches, acces)
    points = list(Point.objects.filter(axe=axe).select_related("fiche__axe"))
    money = list(Financement.objects.filter(fiche__in=fiches))
    series = _series(axe, acces)
    return AxeVu(
        axe=axe,
        pilotes=list(axe.pilotes.all()),
        objectifs=_objectifs(axe, fiches),
        saisies=len(fiches),
        phrases=tell_axe(fiches),
        lignes=(
            status_line(Realisation, [f.realisation for f in fiches], len(fiches)),
            status_line(Objectifs, [f.objectifs_atteints for f in fiches], len(fiches)),
        ),
        realisees=_of(vues, Realisation.REALISEE),
        en_partie=_of(vues, Realisation.PARTIELLEMENT),
        non_realisees=_of(vues, Realisation.NON_REALISEE),
        non_renseignees=_of(vues, ""),
        cles=series[:CHIFFRES_MONTRES],
        series=series[CHIFFRES_MONTRES:],
        annees=[_year(year, points) for year in _years(points)],
        par_fiche=totals_by_fiche(money, fiches),
        par_annee=totals_by_year(money),
    )


def _fiches(fiches: list[FicheAction], acces: Acces) -> list[FicheVue]:
    lignes = build_lines(fiches, frozenset(), acces.convention.slug, precisions=False)
    reached = reached_results(fiches)
    return [FicheVue(fiche, lignes[fiche.pk], _results(reached.get(fiche.pk))) for fiche in fiches]


def _results(counts: tuple[int, int] | None) -> str:
    if counts is None:
        return ""
    done, promised = counts
    words = compte(done, "résultat attendu atteint", "résultats attendus atteints")
    return f"{words} sur {promised}"


def _of(vues: list[FicheVue], realisation: str) -> list[FicheVue]:
    return [vue for vue in vues if vue.fiche.realisation == realisation]


def _objectifs(axe: Axe, fiches: list[FicheAction]) -> list[ObjectifVu]:
    """Every objectif of the axe, those that no fiche follows included."""
    return [
        ObjectifVu(objectif, sum(1 for fiche in fiches if fiche.objectif_id == objectif.pk))
        for objectif in Objectif.objects.filter(axe=axe)
    ]


def _series(axe: Axe, acces: Acces) -> list[Serie]:
    """The figures of the axe and of its fiches that are not archived: key ones, then longest."""
    archived = Q(fiche__archivee=True) | Q(volet__fiche__archivee=True)
    chosen = Indicateur.objects.of_convention(acces.convention).of_axe(axe).exclude(archived)
    series = series_of(acces.convention, indicateurs=chosen)
    return sorted(series, key=lambda serie: (not serie.cle, serie.variation is None))


def _years(points: list[Point]) -> list[int]:
    """The exercices something was written about, the latest first."""
    return sorted({point.exercice for point in points}, reverse=True)


def _year(year: int, points: list[Point]) -> PointsAnnee:
    def of(nature):
        return [point for point in points if point.exercice == year and point.nature == nature]

    precedentes = [
        point
        for point in points
        if point.exercice == year - 1 and point.nature == NaturePoint.PERSPECTIVE
    ]
    return PointsAnnee(
        exercice=year,
        phares=of(NaturePoint.PHARE),
        forts=of(NaturePoint.FORT),
        faibles=of(NaturePoint.FAIBLE),
        perspectives=of(NaturePoint.PERSPECTIVE),
        notes=of(NaturePoint.NOTE),
        precedentes=precedentes,
        bilan_precedentes=tell_devenirs(precedentes),
    )
