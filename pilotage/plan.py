"""The plan d'actions as one table: axes, objectifs, fiches."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from actions.enums import Origine
from actions.models import FicheAction
from axes.models import Axe, Objectif
from ctg_portal.lib.dates import MOIS_COURTS

from .statuts import Cellule, cells_of, row_cells


@dataclass(frozen=True, slots=True)
class LignePlan:
    """A fiche of the plan, ready to print; `pk` is a text, or it would be localised per cell.

    `avec_coche`: its table has a column of boxes to tick, empty where the fiche is not `editable`.
    """

    pk: str
    adresse: str
    repere: str
    titre: str
    nom_complet: str
    detail: str
    editable: bool
    avec_coche: bool
    cellules: tuple[Cellule, ...]
    cases: SafeString
    maj: str


@dataclass(frozen=True, slots=True)
class GroupePlan:
    objectif: Objectif | None
    lignes: list[LignePlan]


@dataclass(frozen=True, slots=True)
class AxePlan:
    axe: Axe
    groupes: list[GroupePlan]


def build_plan(fiches, editables: frozenset[int], slug: str) -> list[AxePlan]:
    """Group fiches that are in order; `editables` are the keys this person may change.

    `slug` is that of their convention.
    """
    plan = []
    address = address_pattern(slug)
    for axe, of_axe in groupby(fiches, key=lambda fiche: fiche.axe):
        groupes = [
            GroupePlan(
                objectif,
                [
                    build_line(
                        fiche,
                        editable=fiche.pk in editables,
                        avec_coche=bool(editables),
                        address=address,
                    )
                    for fiche in of_objectif
                ],
            )
            for objectif, of_objectif in groupby(of_axe, key=lambda fiche: fiche.objectif)
        ]
        plan.append(AxePlan(axe, groupes))
    return plan


def address_pattern(slug: str) -> str:
    """The address of a fiche of this convention with {} for its key: reversed once per plan."""
    return reverse("pilotage:fiche", args=[slug, 0]).replace("/0/", "/{}/")


def build_line(fiche: FicheAction, *, editable: bool, avec_coche: bool, address: str) -> LignePlan:
    """One row; `address` comes from `address_pattern`."""
    details = []
    if fiche.origine in (Origine.NOUVELLE, Origine.AVENANT):
        details.append(fiche.get_origine_display().capitalize())
    if fiche.archivee:
        details.append("Archivée")
    pk, repere, titre = str(fiche.pk), fiche.repere, fiche.nom_court
    nom = f"{repere} {titre}".strip()
    cellules = cells_of(fiche)
    return LignePlan(
        pk=pk,
        adresse=address.format(pk),
        repere=repere or "–",
        titre=titre,
        nom_complet=nom,
        detail=", ".join(details),
        editable=editable,
        avec_coche=avec_coche,
        cellules=cellules,
        cases=row_cells(cellules, pk=pk, nom=nom, editable=editable),
        maj=last_change(fiche),
    )


def last_change(fiche: FicheAction) -> str:
    """The month of the last change, in its short words."""
    updated = timezone.localtime(fiche.modifiee_le)
    return f"{MOIS_COURTS[updated.month - 1]} {updated.year}"
