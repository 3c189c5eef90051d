"""The bilan of today: what the portal holds, and what changed since the last arrêté."""

import dataclasses
import datetime
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping

from django.core.cache import caches

from actions.enums import Objectifs, Realisation, Suivi
from axes.models import Axe

from . import canonical
from .comparison import EtatFiche, Reference, compare_bilans, compare_fiches, reference_of
from .enums import parties_of
from .models import Bilan
from .queries import reunion_en_mots
from .tree import ancre_d_axe, build_bilan, compose, nodes
from .tree.fiches import statut
from .tree.sommaire import sommaire

logger = logging.getLogger(__name__)


def build_present(
    convention,
    exercice: int | None = None,
    *,
    today: datetime.date,
    arrete: nodes.Arrete | None = None,
    composition: nodes.Composition | None = None,
) -> nodes.Bilan:
    """`build_bilan`, with its "Depuis le COPIL du…": the difference with the last arrêté.

    A bilan of one year follows the last arrêté of an earlier one; that of the whole period, the
    last of any year. One that cannot be read is passed over: the present does not depend on it.
    """
    tree = build_bilan(convention, exercice, today=today, arrete=arrete, composition=composition)
    yearly = _arretes(convention).filter(exercice__isnull=False)
    earlier = yearly if exercice is None else yearly.filter(exercice__lt=exercice)
    before = _entier(earlier.last())
    if before is None:
        return tree
    tree = dataclasses.replace(tree, depuis=compare_bilans(before, tree))
    return dataclasses.replace(tree, sommaire=sommaire(tree))


def tree_of(
    bilan: Bilan, *, today: datetime.date, axes: Iterable[Axe] | None = None
) -> nodes.Bilan:
    """What a bilan prints: the frozen tree of an arrêté, that of today for a draft.

    `axes` are those of a draft that is not saved. Raises canonical.TexteIllisible for an arrêté
    whose text cannot be read.
    """
    if bilan.est_arrete:
        return bilan.tree
    return compose(
        build_present(
            bilan.convention, bilan.exercice, today=today, composition=composition_of(bilan, axes)
        )
    )


def composition_of(bilan: Bilan, axes: Iterable[Axe] | None = None) -> nodes.Composition:
    """What was chosen in a draft; `axes` replace those that it keeps in the database."""
    kept = {axe.pk for axe in (bilan.axes.all() if axes is None else axes)}
    ranked = enumerate(bilan.convention.axes.values_list("pk", flat=True), start=1)
    return nodes.Composition(
        detail=str(bilan.detail),
        parties=tuple(map(str, parties_of(bilan.sections))),
        axes=tuple(ancre_d_axe(rank) for rank, pk in ranked if pk in kept),
        avec_photos=bilan.avec_photos,
        avec_logos=bilan.avec_logos,
        introduction=nodes.Texte(bilan.introduction),
        conclusion=nodes.Texte(bilan.conclusion),
        reunion=reunion_en_mots(bilan.reunion, sigle=True),
    )


def moved_since_last_arrete(
    convention, present: Callable[[], Mapping[int, EtatFiche]]
) -> nodes.Comparaison | None:
    """The fiches that differ today from the last arrêté, None where there is none.

    `present` gives those that are not archived, by key, as `etat_of` makes them. One query, a
    second the first time that an arrêté is read.
    """
    before = _reference(_arretes(convention).defer("arbre").last())
    if before is None:
        return None
    return compare_fiches(before, present())


def _reference(bilan: Bilan | None) -> Reference | None:
    """An arrêté never changes but for an erased name: its long text is read once per process."""
    if bilan is None:
        return None
    people = json.dumps(bilan.personnes, sort_keys=True).encode()
    key = f"reference-{bilan.empreinte}-{hashlib.sha256(people).hexdigest()}"
    found = caches["pages"].get(key)
    if found is None:
        try:
            # As it was frozen: no photo is compared, and none is asked about.
            tree = canonical.read(bilan.arbre, bilan.personnes)
        except canonical.TexteIllisible:
            return _unreadable(bilan)
        found = reference_of(tree)
        caches["pages"].set(key, found, None)
    return found


def _arretes(convention):
    found = Bilan.objects.of_convention(convention).latest_versions()
    return found.order_by("arrete_le", "pk")


def _entier(bilan: Bilan | None) -> nodes.Bilan | None:
    if bilan is None:
        return None
    try:
        return bilan.tree_entier
    except canonical.TexteIllisible:
        return _unreadable(bilan)


def _unreadable(bilan: Bilan) -> None:
    logger.exception("« %s » ne peut pas être comparé à aujourd’hui.", bilan)


def etat_of(convention, pk: int, axe: str, repere: str, intitule: str, statuts) -> EtatFiche:
    """A fiche of today as a comparison reads it; `axe` is a number, `statuts` are by field."""
    return EtatFiche(
        pk=pk,
        axe=f"{convention.libelle_axe} {axe}".strip(),
        fiche=nodes.Renvoi("", repere, intitule),
        suivi=statut(Suivi, statuts["suivi"]),
        realisation=statut(Realisation, statuts["realisation"]),
        objectifs=statut(Objectifs, statuts["objectifs_atteints"]),
    )
