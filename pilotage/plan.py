"""The plan d'actions as one table: axes, objectifs, fiches."""

from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from actions.enums import Origine
from actions.models import FicheAction
from axes.models import Axe, Objectif
from ctg_portal.lib.dates import MOIS_COURTS

from .statuts import Cellule, cells_of


@dataclass(frozen=True, slots=True)
class LignePlan:
    pk: int
    repere: str
    titre: str
    detail: str
    editable: bool
    cellules: tuple[Cellule, ...]
    maj: str

    @property
    def nom_complet(self) -> str:
        return f"{self.repere} {self.titre}".strip()


@dataclass(frozen=True, slots=True)
class GroupePlan:
    objectif: Objectif | None
    lignes: list[LignePlan]


@dataclass(frozen=True, slots=True)
class AxePlan:
    axe: Axe
    groupes: list[GroupePlan]


def build_plan(fiches, editables: frozenset[int]) -> list[AxePlan]:
    """Group fiches that are in order; `editables` are the keys this person may change."""
    plan = []
    for axe, of_axe in groupby(fiches, key=lambda fiche: fiche.axe):
        groupes = [
            GroupePlan(objectif, [build_line(fiche, editables) for fiche in of_objectif])
            for objectif, of_objectif in groupby(of_axe, key=lambda fiche: fiche.objectif)
        ]
        plan.append(AxePlan(axe, groupes))
    return plan


def build_line(fiche: FicheAction, editables: frozenset[int]) -> LignePlan:
    details = []
    if fiche.origine in (Origine.NOUVELLE, Origine.AVENANT):
        details.append(fiche.get_origine_display().capitalize())
    if fiche.archivee:
        details.append("Archivée")
    updated = timezone.localtime(fiche.modifiee_le)
    return LignePlan(
        pk=fiche.pk,
        repere=fiche.repere,
        titre=fiche.nom_court,
        detail=", ".join(details),
        editable=fiche.pk in editables,
        cellules=cells_of(fiche),
        maj=f"{MOIS_COURTS[updated.month - 1]} {updated.year}",
    )
