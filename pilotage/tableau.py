"""The tableau de bord: what a convention looks like today, in a constant number of queries."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from actions.enums import SUIVI_CLOS, Objectifs, Realisation
from actions.models import FicheAction
from axes.models import Axe, Convention
from copil.enums import NaturePoint
from copil.models import Decision, Point, Reunion
from ctg_portal.lib.crans import crans_svg
from ctg_portal.lib.typographie import compte
from indicators.models import Indicateur
from indicators.series import series_of
from journal.models import Entree

CLES_MONTREES = 6
DECISIONS_MONTREES = 5


@dataclass(frozen=True, slots=True)
class LigneStatut:
    """One line of notches: its name, the drawing, the count in words."""

    nom: str
    crans: str
    compte: str


@dataclass(frozen=True, slots=True)
class AvancementAxe:
    pk: int
    numero: str
    intitule: str
    total: int
    lignes: tuple[LigneStatut, LigneStatut]


@dataclass(frozen=True, slots=True)
class Chiffres:
    """The four numbers. Counts are over fiches that are not archived."""

    fiches: int
    axes: int
    objectifs: int
    realisees: int
    realisees_en_partie: int
    atteints: int
    atteints_en_partie: int
    non_renseignees: int


@dataclass(frozen=True, slots=True)
class ATraiter:
    """Something that waits for somebody: what, a detail, and the address that shows it."""

    titre: str
    detail: str
    filtre: str = ""
    axe_pk: int | None = None


@dataclass(frozen=True, slots=True)
class Tableau:
    chiffres: Chiffres
    axes: tuple[AvancementAxe, ...]
    cles: list
    prochaines: list
    dernier_copil: Reunion | None
    decisions: list
    a_traiter: list[ATraiter]


def build_tableau(convention: Convention, *, today: datetime.date, pour_agir: bool) -> Tableau:
    """Everything the dashboard shows; `pour_agir` adds what waits for those who can edit."""
    fiches = list(
        FicheAction.objects.of_convention(convention)
        .active()
        .values_list("axe_id", "realisation", "objectifs_atteints", "suivi", "fin")
    )
    axes = list(
        Axe.objects.filter(convention=convention)
        .annotate(nombre_objectifs=Count("objectifs"))
        .order_by("ordre", "pk")
    )
    decisions = list(
        Decision.objects.open()
        .filter(reunion__convention=convention)
        .only("texte", "responsable", "echeance", "reunion_id")
        .order_by("echeance", "pk")
    )
    return Tableau(
        chiffres=_figures(fiches, axes),
        axes=tuple(_progress(axes, fiches)),
        cles=series_of(
            convention,
            indicateurs=Indicateur.objects.of_convention(convention).filter(cle=True)[
                :CLES_MONTREES
            ],
        ),
        prochaines=list(
            Reunion.objects.of_convention(convention)
            .upcoming(today)
            .prefetch_related("instances")[:2]
        ),
        dernier_copil=Reunion.objects.of_convention(convention).last_copil().first(),
        decisions=decisions[:DECISIONS_MONTREES],
        a_traiter=_to_do(convention, axes, fiches, decisions, today) if pour_agir else [],
    )


def _figures(fiches, axes) -> Chiffres:
    realisations = Counter(fiche[1] for fiche in fiches)
    atteintes = Counter(fiche[2] for fiche in fiches)
    return Chiffres(
        fiches=len(fiches),
        axes=len(axes),
        objectifs=sum(axe.nombre_objectifs for axe in axes),
        realisees=realisations[Realisation.REALISEE],
        realisees_en_partie=realisations[Realisation.PARTIELLEMENT],
        atteints=atteintes[Objectifs.ATTEINTS],
        atteints_en_partie=atteintes[Objectifs.PARTIELLEMENT],
        non_renseignees=realisations[""],
    )


def _progress(axes, fiches):
    by_axe = {axe.pk: [] for axe in axes}
    for fiche in fiches:
        by_axe[fiche[0]].append(fiche)
    longest = max((len(group) for group in by_axe.values()), default=0)
    for axe in axes:
        group = by_axe[axe.pk]
        yield AvancementAxe(
            pk=axe.pk,
            numero=axe.numero,
            intitule=axe.intitule,
            total=len(group),
            lignes=(
                status_line(Realisation, [fiche[1] for fiche in group], longest),
                status_line(Objectifs, [fiche[2] for fiche in group], longest),
            ),
        )


def status_line(status_class, values: list[str], longest: int) -> LigneStatut:
    """Notches sorted from full to dotted, and the count of the full ones in words."""
    tons = sorted(
        (status_class.apparence_of(value).ton for value in values),
        key=("oui", "part", "non", "nr").index,
    )
    full = tons.count("oui")
    if status_class is Realisation:
        nom, words, forme = "Réalisation", compte(full, "réalisée"), "carre"
    else:
        nom, words, forme = "Objectifs", compte(full, "atteint"), "rond"
    words = f"{words} sur {len(values)}"
    title = f"{nom} : {words}, {tons.count('part')} en partie, {tons.count('non')} non, " + compte(
        tons.count("nr"), "non renseignée"
    )
    return LigneStatut(nom, crans_svg(tons, forme, title, longest), words)


def _to_do(convention, axes, fiches, decisions, today) -> list[ATraiter]:
    waiting = Point.objects.filter(
        convention=convention,
        nature=NaturePoint.PERSPECTIVE,
        devenir="",
        exercice__lt=today.year,
    ).count()
    found = [
        _missing(sum(1 for fiche in fiches if not fiche[1])),
        _late(fiches, today),
        _overdue(decisions, today),
        waiting
        and ATraiter(
            compte(waiting, "perspective sans devenir", "perspectives sans devenir"),
            "dire ce qu’elles sont devenues",
            axe_pk=axes[0].pk if axes else None,
        ),
        *_announced_otherwise(axes, Counter(fiche[0] for fiche in fiches)),
    ]
    return [task for task in found if task]


def _missing(count: int) -> ATraiter | None:
    words = compte(count, "réalisation non renseignée", "réalisations non renseignées")
    return (
        ATraiter(words, "à compléter avant le COPIL", filtre="realisation=sans") if count else None
    )


def _late(fiches, today) -> ATraiter | None:
    late = sum(
        1
        for _axe, _realisation, _objectifs, suivi, fin in fiches
        if fin and fin.est_passee(today) and suivi not in SUIVI_CLOS
    )
    if not late:
        return None
    return ATraiter(
        compte(late, "fiche en retard", "fiches en retard"),
        "fin prévue passée, ni terminée ni abandonnée",
        filtre="retard=on",
    )


def _overdue(decisions, today) -> ATraiter | None:
    overdue = [d for d in decisions if d.echeance and d.echeance.est_passee(today)]
    if not overdue:
        return None
    words = compte(len(overdue), "décision en retard", "décisions en retard")
    return ATraiter(words, overdue[0].texte)


def _announced_otherwise(axes, entered: Counter):
    return [
        ATraiter(
            f"Axe {axe.numero} : {axe.fiches_annoncees} annoncées, {entered[axe.pk]} saisies",
            "la convention signée et le portail ne comptent pas pareil",
            axe_pk=axe.pk,
        )
        for axe in axes
        if axe.fiches_annoncees is not None and axe.fiches_annoncees != entered[axe.pk]
    ]


def changes_since(convention: Convention, copil: Reunion | None):
    """Journal entries since the last COPIL held, imports left out; None without a reference."""
    if copil is None or copil.date is None:
        return None
    return (
        Entree.objects.of_convention(convention.pk)
        .filter(timestamp__date__gt=copil.date.fin, est_import=False)
        .exclude(fiche_pk=None)
        .select_related("actor", "content_type")
        .recent_first()
    )
