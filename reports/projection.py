"""The slides of a bilan for a browser: those of the printed deck, with their pictures.

Nothing is drawn here: `build_deck` makes the slides, the templates of the deck draw them.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.urls import reverse

from actions.models import Document
from axes.models import Convention

from .deck import Deck, build_deck
from .images import DOSSIER
from .models import Bilan
from .present import build_present
from .render.ressources import pictures_of
from .tree import nodes


@dataclass(frozen=True, slots=True)
class Projection:
    """The slides, and the address of each picture by its name in the media.

    `figee`: nothing will change while it is shown, there is nothing to read again.
    """

    deck: Deck
    images: Mapping[str, str]
    figee: bool


def build_projection(
    convention: Convention, exercice: int | None, *, today: datetime.date
) -> Projection:
    """The presentation of the bilan of today: one query more than the bilan itself."""
    tree = build_present(convention, exercice, today=today)
    return _projection(tree, picture_addresses(convention, tree), figee=False)


def build_projection_arretee(arrete: Bilan) -> Projection:
    """The presentation of an arrêté, for ever the same. Raises canonical.TexteIllisible."""
    tree = arrete.tree
    slug = arrete.convention.slug
    images = {
        name: reverse("reports:arrete_image", args=[slug, arrete.pk, PurePosixPath(name).name])
        for name in pictures_of(tree)
    }
    return _projection(tree, images, figee=True)


def picture_of_arrete(arrete: Bilan, nom: str) -> str | None:
    """Name, in the media, of a picture that this arrêté shows under this last name.

    None for any other one, as for a photo whose droit à l’image was withdrawn.
    Raises canonical.TexteIllisible.
    """
    name = f"{DOSSIER}/{nom}"
    return name if name in pictures_of(arrete.tree) else None


def picture_addresses(convention: Convention, tree: nodes.Bilan) -> dict[str, str]:
    """Where the browser finds the pictures of the present: the views that check who asks."""
    names = pictures_of(tree)
    rows = Document.objects.filter(convention=convention, fichier__in=names).order_by("pk")
    found = {
        name: reverse("pilotage:document", args=[convention.slug, pk])
        for pk, name in rows.values_list("pk", "fichier")
    }
    if tree.convention.logo:
        found[tree.convention.logo] = reverse("pilotage:logo", args=[convention.slug])
    return found


def _projection(tree: nodes.Bilan, addresses: Mapping[str, str], *, figee: bool) -> Projection:
    """A picture whose file has disappeared is left out: its caption stands in the notes instead."""
    images = {name: url for name, url in addresses.items() if default_storage.exists(name)}
    return Projection(build_deck(tree, frozenset(images)), images, figee)
