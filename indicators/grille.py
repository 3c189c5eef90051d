"""What a saved grid changes: cells as opened, as stored and as typed, merged into rows to write."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg_portal.lib.edits import Conflict, EditConflict, resolve
from ctg_portal.lib.periodes import Periode

from .alertes import Alerte
from .models import Indicateur, Valeur
from .saisie import CelluleSaisie, ValeurSaisie, cellule_of

CASES_MAX = 500  # cells that one save may change
_FIELDS = ("valeur", "valeur_max", "borne", "texte", "partielle", "note")


@dataclass(frozen=True, slots=True)
class CaseModifiee:
    """One cell that was typed over: what it held when the grid was opened, and what it says now.

    The indicator comes with its structure, fiche, axe and convention.
    """

    indicateur: Indicateur
    periode: Periode
    ouverture: CelluleSaisie
    saisie: CelluleSaisie

    @property
    def cle(self) -> str:
        return cell_key(self.indicateur.pk, self.periode.code)


@dataclass(frozen=True, slots=True)
class BilanSaisie:
    """How many values were added, changed and removed, and the doubts about those written."""

    ajoutees: int
    modifiees: int
    supprimees: int
    alertes: tuple[Alerte, ...]

    @property
    def total(self) -> int:
        return self.ajoutees + self.modifiees + self.supprimees


@dataclass(slots=True)
class Ecritures:
    """Rows to add, to save with these fields, and to remove."""

    ajoutees: list[Valeur] = field(default_factory=list)
    modifiees: list[tuple[Valeur, list[str]]] = field(default_factory=list)
    supprimees: list[Valeur] = field(default_factory=list)


def cell_key(indicateur: int, periode: str) -> str:
    """What names a cell in a form: "12-2021", "12-2021/2022"."""
    return f"{indicateur}-{periode}"


def merge_cells(cases: Iterable[CaseModifiee], stored: Iterable[Valeur]) -> Ecritures:
    """Compare each cell with the values now stored; returns the rows to write.

    A note and a figure changed by two people both stay. Raises EditConflict with every cell in
    conflict: `champ` is its key, `actuel` and `propose` are whole cells.
    """
    by_cell: dict[str, list[Valeur]] = defaultdict(list)
    for valeur in stored:
        by_cell[cell_key(valeur.indicateur_id, valeur.periode.code)].append(valeur)
    ecritures, conflicts = Ecritures(), []
    for case in cases:
        standing = by_cell[case.cle]
        if not _merge_cell(case, standing, ecritures):
            conflicts.append(
                Conflict(champ=case.cle, actuel=cellule_of(standing), propose=case.saisie)
            )
    if conflicts:
        raise EditConflict(conflicts)
    return ecritures


def _merge_cell(case: CaseModifiee, standing: list[Valeur], ecritures: Ecritures) -> bool:
    """Add what this cell changes to `ecritures`; False, and nothing of use, on a conflict."""
    current = cellule_of(standing)
    for kind, is_forecast in (("mesuree", False), ("prevue", True)):
        merged, is_conflict = _merge_value(
            getattr(case.ouverture, kind), getattr(current, kind), getattr(case.saisie, kind)
        )
        if is_conflict:
            return False
        if merged == getattr(current, kind):
            continue
        row = next((valeur for valeur in standing if valeur.previsionnelle is is_forecast), None)
        _plan_row(case, row, merged, is_forecast, ecritures)
    return True


def _merge_value(
    opened: ValeurSaisie | None, current: ValeurSaisie | None, submitted: ValeurSaisie | None
) -> tuple[ValeurSaisie | None, bool]:
    """The value to keep, and whether two people said two different things."""
    if opened is None or current is None or submitted is None:
        resolution = resolve(
            opened={"tout": opened}, current={"tout": current}, submitted={"tout": submitted}
        )
        return resolution.changes.get("tout", current), bool(resolution.conflicts)
    resolution = resolve(
        opened=_parts(opened), current=_parts(current), submitted=_parts(submitted)
    )
    merged = _parts(current) | resolution.changes
    chiffre = merged["chiffre"]
    value = ValeurSaisie(
        chiffre.valeur,
        chiffre.valeur_max,
        chiffre.borne,
        chiffre.texte,
        merged["partielle"],
        merged["note"],
    )
    return value, bool(resolution.conflicts)


def _parts(value: ValeurSaisie) -> dict[str, object]:
    return {"chiffre": value.chiffre, "partielle": value.partielle, "note": value.note}


def _plan_row(
    case: CaseModifiee,
    row: Valeur | None,
    merged: ValeurSaisie | None,
    is_forecast: bool,
    ecritures: Ecritures,
) -> None:
    if row is not None:
        row.indicateur = case.indicateur
    if merged is None:
        ecritures.supprimees.append(row)
        return
    if row is None:
        row = Valeur(indicateur=case.indicateur, periode=case.periode, previsionnelle=is_forecast)
        ecritures.ajoutees.append(row)
        changed = _FIELDS
    else:
        changed = [name for name in _FIELDS if getattr(row, name) != getattr(merged, name)]
        ecritures.modifiees.append((row, changed))
    for name in changed:
        setattr(row, name, getattr(merged, name))
