"""The bilan of today: what the portal holds, and what changed since the last arrêté."""

import dataclasses
import datetime
import logging

from actions.enums import Objectifs, Realisation, Suivi
from actions.models import FicheAction

from . import canonical
from .comparison import EtatFiche, compare_bilans, compare_fiches
from .models import Bilan
from .tree import build_bilan, nodes
from .tree.fiches import statut
from .tree.sommaire import sommaire

logger = logging.getLogger(__name__)


def build_present(
    convention,
    exercice: int | None = None,
    *,
    today: datetime.date,
    arrete: nodes.Arrete | None = None,
) -> nodes.Bilan:
    """`build_bilan`, with its "Depuis le COPIL du…": the difference with the last arrêté.

    A bilan of one year follows the last arrêté of an earlier one; that of the whole period, the
    last of any year. One that cannot be read is passed over: the present does not depend on it.
    """
    tree = build_bilan(convention, exercice, today=today, arrete=arrete)
    yearly = _arretes(convention).filter(exercice__isnull=False)
    earlier = yearly if exercice is None else yearly.filter(exercice__lt=exercice)
    before = _tree_of(earlier.last())
    if before is None:
        return tree
    tree = dataclasses.replace(tree, depuis=compare_bilans(before, tree))
    return dataclasses.replace(tree, sommaire=sommaire(tree))


def moved_since_last_arrete(convention) -> nodes.Comparaison | None:
    """The fiches that differ today from the last arrêté, None where there is none.

    Two queries whatever the number of fiches: light enough for a dashboard.
    """
    before = _tree_of(_arretes(convention).last())
    if before is None:
        return None
    fiches = FicheAction.objects.of_convention(convention).active().in_order()
    rows = fiches.select_related("axe").defer("notes_internes", "recherche")
    return compare_fiches(before, {row.pk: _etat(convention, row) for row in rows})


def _arretes(convention):
    found = Bilan.objects.of_convention(convention).latest_versions()
    return found.order_by("arrete_le", "pk")


def _tree_of(bilan: Bilan | None) -> nodes.Bilan | None:
    if bilan is None:
        return None
    try:
        return bilan.tree
    except canonical.TexteIllisible:
        logger.exception("« %s » ne peut pas être comparé à aujourd’hui.", bilan)
        return None


def _etat(convention, fiche: FicheAction) -> EtatFiche:
    return EtatFiche(
        pk=fiche.pk,
        axe=f"{convention.libelle_axe} {fiche.axe.numero}".strip(),
        fiche=nodes.Renvoi("", fiche.repere, fiche.intitule),
        suivi=statut(Suivi, fiche.suivi),
        realisation=statut(Realisation, fiche.realisation),
        objectifs=statut(Objectifs, fiche.objectifs_atteints),
    )
