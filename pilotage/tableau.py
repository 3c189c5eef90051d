"""The tableau de bord: what a convention looks like today, in a constant number of queries."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from actions.enums import STATUTS, SUIVI_CLOS, Objectifs, Realisation
from actions.models import FicheAction
from actions.models.fiche import repere_of
from axes.models import Axe, Convention
from copil.enums import NaturePoint
from copil.models import Decision, Point, Reunion
from ctg_portal.lib.crans import crans_svg
from ctg_portal.lib.dates import DatePartielle
from ctg_portal.lib.typographie import accorde, compte, nombre
from indicators.models import Indicateur
from indicators.series import series_of

from .depuis import Depuis, EtatPresent, build_depuis

CLES_MONTREES = 6
DECISIONS_MONTREES = 3


@dataclass(frozen=True, slots=True)
class LigneStatut:
    """One line of notches: its name, the drawing, the count in words.

    "4 réalisées sur 9" is said in three parts: where room is short, `participe` is not shown.
    """

    nom: str
    crans: str
    nombre: int
    participe: str
    total: int


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
    non_realisees: int
    atteints: int
    atteints_en_partie: int
    non_atteints: int
    non_renseignees: int


@dataclass(frozen=True, slots=True)
class ATraiter:
    """Something that waits for somebody: what, a detail, and the address that shows it."""

    titre: str
    detail: str
    filtre: str = ""
    axe_pk: int | None = None


class LigneFiche(NamedTuple):
    """What the dashboard reads of a fiche."""

    pk: int
    axe_id: int
    code: str
    intitule: str
    intitule_court: str
    suivi: str
    realisation: str
    objectifs_atteints: str
    fin: DatePartielle | None

    def etat(self, numero_axe: str) -> EtatPresent:
        return EtatPresent(
            numero_axe,
            repere_of(self.code, numero_axe),
            self.intitule,
            self.intitule_court,
            {champ: getattr(self, champ) for champ in STATUTS},
        )


@dataclass(frozen=True, slots=True)
class Tableau:
    """`decisions` are the most urgent of `nombre_decisions`."""

    chiffres: Chiffres
    axes: tuple[AvancementAxe, ...]
    depuis: Depuis | None
    cles: list
    prochaine: Reunion | None
    dernier_copil: Reunion | None
    decisions: list
    nombre_decisions: int
    a_traiter: list[ATraiter]


def build_tableau(convention: Convention, *, today: datetime.date, pour_agir: bool) -> Tableau:
    """Everything the dashboard shows; `pour_agir` adds what waits for those who can edit."""
    fiches = _fiches(convention)
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
    cles = Indicateur.objects.of_convention(convention).filter(cle=True)[:CLES_MONTREES]
    reunions = Reunion.objects.of_convention(convention)
    copil = reunions.last_copil().first()
    return Tableau(
        chiffres=_figures(fiches, axes),
        axes=tuple(_progress(axes, fiches)),
        depuis=build_depuis(convention, copil, _states(fiches, axes)),
        cles=series_of(convention, indicateurs=cles),
        prochaine=reunions.upcoming(today).prefetch_related("instances").first(),
        dernier_copil=copil,
        decisions=decisions[:DECISIONS_MONTREES],
        nombre_decisions=len(decisions),
        a_traiter=_to_do(convention, axes, fiches, decisions, today) if pour_agir else [],
    )


def _fiches(convention: Convention) -> list[LigneFiche]:
    active = FicheAction.objects.of_convention(convention).active().in_order()
    return [LigneFiche(*row) for row in active.values_list(*LigneFiche._fields)]


def _states(fiches: list[LigneFiche], axes: list[Axe]) -> dict[int, EtatPresent]:
    numeros = {axe.pk: axe.numero for axe in axes}
    return {fiche.pk: fiche.etat(numeros[fiche.axe_id]) for fiche in fiches}


def _figures(fiches, axes) -> Chiffres:
    realisations = Counter(fiche.realisation for fiche in fiches)
    atteintes = Counter(fiche.objectifs_atteints for fiche in fiches)
    return Chiffres(
        fiches=len(fiches),
        axes=len(axes),
        objectifs=sum(axe.nombre_objectifs for axe in axes),
        realisees=realisations[Realisation.REALISEE],
        realisees_en_partie=realisations[Realisation.PARTIELLEMENT],
        non_realisees=realisations[Realisation.NON_REALISEE],
        atteints=atteintes[Objectifs.ATTEINTS],
        atteints_en_partie=atteintes[Objectifs.PARTIELLEMENT],
        non_atteints=atteintes[Objectifs.NON_ATTEINTS],
        non_renseignees=realisations[""],
    )


def _progress(axes, fiches):
    by_axe = {axe.pk: [] for axe in axes}
    for fiche in fiches:
        by_axe[fiche.axe_id].append(fiche)
    longest = max((len(group) for group in by_axe.values()), default=0)
    for axe in axes:
        group = by_axe[axe.pk]
        yield AvancementAxe(
            pk=axe.pk,
            numero=axe.numero,
            intitule=axe.intitule,
            total=len(group),
            lignes=(
                status_line(Realisation, [fiche.realisation for fiche in group], longest),
                status_line(Objectifs, [fiche.objectifs_atteints for fiche in group], longest),
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
        nom, participe, forme = "Réalisation", accorde(full, "réalisée"), "carre"
    else:
        nom, participe, forme = "Objectifs", accorde(full, "atteint"), "rond"
    title = (
        f"{nom} : {nombre(full)} {participe} sur {nombre(len(values))},"
        f" {tons.count('part')} en partie, {tons.count('non')} non, "
        + compte(tons.count("nr"), "non renseignée")
    )
    drawing = crans_svg(tons, forme, title, longest)
    return LigneStatut(nom, drawing, full, participe, len(values))


def _to_do(convention, axes, fiches, decisions, today) -> list[ATraiter]:
    waiting = Point.objects.filter(
        convention=convention,
        nature=NaturePoint.PERSPECTIVE,
        devenir="",
        exercice__lt=today.year,
    ).count()
    found = [
        _missing(sum(1 for fiche in fiches if not fiche.realisation)),
        _late(fiches, today),
        _overdue(decisions, today),
        waiting
        and ATraiter(
            compte(waiting, "perspective sans devenir", "perspectives sans devenir"),
            "dire ce qu’elles sont devenues",
            axe_pk=axes[0].pk if axes else None,
        ),
        *_announced_otherwise(axes, Counter(fiche.axe_id for fiche in fiches)),
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
        for fiche in fiches
        if fiche.fin and fiche.fin.est_passee(today) and fiche.suivi not in SUIVI_CLOS
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
            f"Axe {axe.numero} : {axe.annoncees_et_saisies(entered[axe.pk])}",
            "la convention signée et le portail ne comptent pas pareil",
            axe_pk=axe.pk,
        )
        for axe in axes
        if axe.fiches_annoncees is not None and axe.fiches_annoncees != entered[axe.pk]
    ]
