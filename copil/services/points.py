"""Writes on the points of the year. Each function is one intention in one transaction."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from actions.enums import Origine
from actions.models import FicheAction
from actions.services.fiches import create_fiche
from ctg_portal.lib.edits import apply_edit
from ctg_portal.lib.richtext import to_plain

from ..enums import Devenir, NaturePoint
from ..models import Point

INTITULE_MAX = FicheAction._meta.get_field("intitule").max_length


@transaction.atomic
def add_point(*, point: Point) -> Point:
    """Add a point at the end of those of its convention. Side effect: a journal entry."""
    siblings = Point.objects.filter(convention=point.convention)
    point.ordre = (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
    point.save()
    return point


def edit_point(*, point: Point, opened: Mapping, submitted: Mapping) -> Point:
    """Write one point. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(queryset=Point.objects.all(), pk=point.pk, opened=opened, submitted=submitted)


@transaction.atomic
def settle_perspective(*, point: Point, devenir: str) -> Point:
    """Say what became of a perspective; one that became a fiche gets it, opened in its axe.

    A perspective that already names a fiche keeps it; one of the whole convention has no axe to
    open a fiche in, and only keeps the word. Raises ValueError for a point that is no perspective
    or a word that does not exist. Side effects: journal entries of the point and of the fiche.
    """
    if point.nature != NaturePoint.PERSPECTIVE or (devenir and devenir not in Devenir.values):
        raise ValueError(f"Devenir impossible : {point.nature} = {devenir}")
    locked = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    locked.devenir = devenir
    if devenir == Devenir.DEVENUE_FICHE and locked.fiche_id is None and point.axe:
        intitule = to_plain(locked.texte)[:INTITULE_MAX]
        locked.fiche = create_fiche(
            fiche=FicheAction(axe=point.axe, intitule=intitule, origine=Origine.NOUVELLE)
        )
    locked.save(update_fields=["devenir", "fiche"])
    return locked
