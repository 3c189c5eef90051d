"""The slides of the bilan of today for a browser: those of the printed deck, with their pictures.

Nothing is drawn here: `build_deck` makes the slides, the templates of the deck draw them.
"""

import datetime
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.urls import reverse

from actions.models import Document
from axes.models import Convention

from .deck import Deck, build_deck
from .present import build_present
from .render.ressources import pictures_of
from .tree import Bilan


@dataclass(frozen=True, slots=True)
class Projection:
    """The slides, and the address of each picture by its name in the media."""

    deck: Deck
    images: dict[str, str]
    exercice: int | None


def build_projection(
    convention: Convention, exercice: int | None, *, today: datetime.date
) -> Projection:
    """The presentation of the bilan of today: one query more than the bilan itself."""
    tree = build_present(convention, exercice, today=today)
    images = picture_addresses(convention, tree)
    return Projection(build_deck(tree, frozenset(images)), images, tree.exercice)


def picture_addresses(convention: Convention, tree: Bilan) -> dict[str, str]:
    """Where the browser finds the pictures of this tree: the views that check who asks.

    A picture whose file has disappeared is left out: its caption stands in the notes instead.
    """
    names = pictures_of(tree)
    rows = Document.objects.filter(convention=convention, fichier__in=names).order_by("pk")
    found = {
        name: reverse("pilotage:document", args=[convention.slug, pk])
        for pk, name in rows.values_list("pk", "fichier")
    }
    if tree.convention.logo:
        found[tree.convention.logo] = reverse("pilotage:logo", args=[convention.slug])
    return {name: address for name, address in found.items() if default_storage.exists(name)}
