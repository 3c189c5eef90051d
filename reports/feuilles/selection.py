"""Finding in a tree the fiche or the axe that a row of the convention stands for."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from ..tree import nodes


class FeuilleAbsente(LookupError):
    """The tree holds no such fiche or axe: it is another convention's, or it is archived."""


@dataclass(frozen=True, slots=True)
class Place:
    """A fiche with what stands above it."""

    axe: nodes.Axe
    objectif: nodes.Objectif
    fiche: nodes.Fiche


def places_of(axe: nodes.Axe) -> Iterator[Place]:
    """The fiches of an axe, in the order of the plan."""
    for objectif in axe.objectifs:
        for fiche in objectif.fiches:
            yield Place(axe, objectif, fiche)


def find_fiche(tree: nodes.Bilan, pk: int) -> Place:
    """The fiche of this primary key. Raises FeuilleAbsente."""
    for axe in tree.axes:
        for place in places_of(axe):
            if place.fiche.pk == pk:
                return place
    raise FeuilleAbsente(f"fiche {pk}")


def find_axe(tree: nodes.Bilan, ancre: str) -> nodes.Axe:
    """The axe of this anchor (`tree.ancre_d_axe`). Raises FeuilleAbsente."""
    for axe in tree.axes:
        if axe.ancre == ancre:
            return axe
    raise FeuilleAbsente(ancre)


def with_axe(tree: nodes.Bilan, ancre: str) -> nodes.Bilan:
    """The tree with one axe only, for the binder of that axe. Raises FeuilleAbsente."""
    return dataclasses.replace(tree, axes=(find_axe(tree, ancre),))
