"""The plan d'actions as the screen shows it, for a spreadsheet."""

from collections.abc import Callable, Iterable

from actions.enums import STATUTS
from actions.forms.plan import GROUPER_PAR
from actions.models import FicheAction

from .groupes import fiches_by_heading, heading_words
from .plan import last_change
from .statuts import NOMS

FEUILLE = "plan d’actions"

Getter = Callable[[FicheAction], object]


def _words(champ: str) -> Getter:
    """A status in the words of the screen, « non renseigné » where it is empty."""
    return lambda fiche: STATUTS[champ].apparence_of(getattr(fiche, champ)).label


COLUMNS: dict[str, Getter] = {
    "Code": lambda fiche: fiche.repere,
    "Fiche": lambda fiche: fiche.nom_court,
    "Axe": lambda fiche: fiche.axe,
    "Objectif": lambda fiche: fiche.objectif or "",
    NOMS["suivi"]: _words("suivi"),
    NOMS["realisation"]: _words("realisation"),
    "Objectifs atteints": _words("objectifs_atteints"),
    "Mise à jour": last_change,
    "Pilotes": lambda fiche: ", ".join(pilote.nom for pilote in fiche.pilotes.all()),
}


def plan_table(fiches: Iterable[FicheAction], grouper: str = "") -> list[list[str]]:
    """Headings, then one row per fiche; give the fiches with their axe, objectif and pilotes.

    Grouped as on the screen, each row begins with the heading that it stands under.
    """
    if grouper not in GROUPER_PAR:
        return [list(COLUMNS), *map(_row, fiches)]
    rows = [
        [heading_words(grouper, heading), *_row(fiche)]
        for heading, under in fiches_by_heading(fiches, grouper).items()
        for fiche in under
    ]
    return [["Groupe", *COLUMNS], *rows]


def _row(fiche: FicheAction) -> list[str]:
    return [str(getter(fiche)) for getter in COLUMNS.values()]
