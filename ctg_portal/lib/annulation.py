"""The way back from a change, carried by the message that tells of it on the next page.

Without JavaScript a change is a redirect: its « Annuler » has to travel with the words.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message


@dataclass(frozen=True, slots=True)
class Annulation:
    """What undoes a change when it is posted: `champs` to `adresse`, then back to `retour`."""

    adresse: str
    champs: tuple[tuple[str, str], ...]
    retour: str


def tell_change(request, texte: str, *, adresse: str, champs: Iterable[tuple], retour: str) -> None:
    """Say on the next page that something was changed, with a button that undoes it."""
    values = tuple((name, str(value)) for name, value in champs)
    undo = asdict(Annulation(adresse, values, retour))
    messages.success(request, texte, extra_tags=json.dumps(undo))


def annulation_of(message: Message) -> Annulation | None:
    """The way back that a message carries; None when it carries none."""
    if not message.extra_tags:
        return None
    found = json.loads(message.extra_tags)
    champs = tuple((name, value) for name, value in found["champs"])
    return Annulation(found["adresse"], champs, found["retour"])
