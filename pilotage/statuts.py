"""The three statuses of a fiche as cells to read or to change in place."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from actions.enums import STATUTS, Apparence
from actions.models import FicheAction

SELECTED = SafeString(" selected")
NOMS = {"suivi": "Suivi", "realisation": "Réalisation", "objectifs_atteints": "Objectifs"}


@dataclass(frozen=True, slots=True)
class Cellule:
    """One status of one fiche: what it is, how it looks, what may be chosen instead."""

    champ: str
    nom: str
    valeur: str
    apparence: Apparence
    options: SafeString


def cells_of(fiche: FicheAction) -> tuple[Cellule, ...]:
    """The three cells, in the order of the columns."""
    return tuple(_cell(champ, getattr(fiche, champ)) for champ in STATUTS)


# A plan shows three lists of options per fiche, drawn from a dozen different ones.
@lru_cache(maxsize=64)
def _cell(champ: str, valeur: str) -> Cellule:
    status_class = STATUTS[champ]
    choices = [*status_class.choices, ("", status_class.apparence_of("").label)]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == valeur else "", label) for value, label in choices),
    )
    return Cellule(champ, NOMS[champ], valeur, status_class.apparence_of(valeur), options)
