"""The plan d'actions as the screen shows it, for a spreadsheet."""

from collections.abc import Callable, Iterable

from actions.models import FicheAction

from .plan import last_change
from .statuts import NOMS, label_of

FEUILLE = "plan d’actions"

Getter = Callable[[FicheAction], object]

COLUMNS: dict[str, Getter] = {
    "Code": lambda fiche: fiche.repere,
    "Fiche": lambda fiche: fiche.nom_court,
    "Axe": lambda fiche: fiche.axe,
    "Objectif": lambda fiche: fiche.objectif or "",
    NOMS["suivi"]: lambda fiche: label_of(fiche, "suivi"),
    NOMS["realisation"]: lambda fiche: label_of(fiche, "realisation"),
    "Objectifs atteints": lambda fiche: label_of(fiche, "objectifs_atteints"),
    "Mise à jour": last_change,
    "Pilotes": lambda fiche: ", ".join(pilote.nom for pilote in fiche.pilotes.all()),
}


def plan_table(fiches: Iterable[FicheAction]) -> list[list[str]]:
    """Headings, then one row per fiche; give the fiches with their axe, objectif and pilotes."""
    rows = [[str(getter(fiche)) for getter in COLUMNS.values()] for fiche in fiches]
    return [list(COLUMNS), *rows]
