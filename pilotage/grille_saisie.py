"""What comes back from the entry grid: cells typed, what they were opened with, what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.periodes import Periode, PeriodeImpossible, parse_periode
from ctg_portal.lib.typographie import NBSP, compte, nombre
from indicators.enums import Nature
from indicators.grille import CASES_MAX, BilanSaisie, CaseModifiee
from indicators.models import Indicateur
from indicators.saisie import (
    CelluleImpossible,
    CelluleSaisie,
    check_cell,
    format_cell,
    parse_cell,
)

CHAMP, OUVERTURE = "case-", "initial-case-"
ALERTES_DITES = 6
_CELLULE = re.compile(rf"{CHAMP}(?P<pk>\d{{1,18}})-(?P<periode>[\w/-]{{4,12}})")


@dataclass(frozen=True, slots=True)
class Faute:
    """One point to mend: where (row and column, nothing for the whole grid), and what."""

    cle: str
    ou: str
    message: str


@dataclass(slots=True)
class GrilleSaisie:
    """The cells that were typed over, by key; empty when the grid is only opened."""

    tapees: dict[str, str] = field(default_factory=dict)
    ouvertes: dict[str, str] = field(default_factory=dict)
    periodes: list[Periode] = field(default_factory=list)
    cases: list[CaseModifiee] = field(default_factory=list)
    fautes: list[Faute] = field(default_factory=list)
    conflits: list[dict[str, str]] = field(default_factory=list)
    est_enregistree: bool = False

    @property
    def erreurs(self) -> dict[str, str]:
        return {faute.cle: faute.message for faute in self.fautes if faute.cle}

    def shown_in(self, cle: str, stored: str) -> tuple[str, str]:
        """What the cell shows, and the opening content that goes with it."""
        if cle in self.tapees:
            return self.tapees[cle], self.ouvertes.get(cle, "")
        return stored, stored

    def add_conflicts(self, conflict: EditConflict) -> None:
        """Keep both contents to be shown; sending the same form again then settles them."""
        places = {case.cle: _place(case.indicateur, case.periode) for case in self.cases}
        for item in conflict.conflicts:
            actuel, propose = format_cell(item.actuel), format_cell(item.propose)
            self.ouvertes[item.champ] = actuel
            self.conflits.append(
                {
                    "champ": item.champ,
                    "nom": places[item.champ],
                    "actuel": actuel or "non renseigné",
                    "propose": propose or "non renseigné",
                }
            )


class HorsGrille(Exception):
    """A cell that was typed over belongs to an indicator that this person does not edit."""


def read_grille(data: Mapping[str, str], indicateurs) -> GrilleSaisie:
    """Read a grid that was sent: only the cells typed over count, each is read and checked.

    A cell without an opening content was opened empty. `indicateurs`: queryset of those that this
    person edits. Raises HorsGrille. One query.
    """
    saisie = GrilleSaisie()
    typed = list(_typed_cells(data))
    by_pk = {
        indicateur.pk: indicateur
        for indicateur in indicateurs.for_series()
        .select_related("convention")
        .filter(pk__in={pk for pk, _, _, _ in typed})
    }
    for pk, periode, cle, texte in typed:
        if pk not in by_pk:
            raise HorsGrille
        saisie.tapees[cle] = texte
        saisie.ouvertes[cle] = data.get(f"{OUVERTURE}{cle}", "")
        saisie.periodes.append(periode)
        _read_cell(saisie, by_pk[pk], periode, cle)
    if len(typed) > CASES_MAX:
        saisie.fautes.append(
            Faute(
                "",
                "",
                f"{nombre(len(typed))} cases ont changé{NBSP}: enregistrez-en"
                f" {nombre(CASES_MAX)} à la fois au plus.",
            )
        )
    return saisie


def success_words(bilan: BilanSaisie) -> str:
    """ "Grille enregistrée : 3 valeurs ajoutées, 1 supprimée." """
    if not bilan.total:
        return "Rien n’avait changé dans la grille."
    parts = [
        f"{nombre(count)} {word}{'s' if count > 1 else ''}"
        for count, word in (
            (bilan.ajoutees, "ajoutée"),
            (bilan.modifiees, "modifiée"),
            (bilan.supprimees, "supprimée"),
        )
        if count
    ]
    return f"Grille enregistrée{NBSP}: {compte(bilan.total, 'valeur')} ({', '.join(parts)})."


def warning_words(bilan: BilanSaisie) -> str:
    """The doubts about what was just written, the first ones whole; "" without any."""
    if not bilan.alertes:
        return ""
    shown = " ".join(alerte.phrase for alerte in bilan.alertes[:ALERTES_DITES])
    left = len(bilan.alertes) - ALERTES_DITES
    more = f" Et {nombre(left)} autre{'s' if left > 1 else ''}." if left > 0 else ""
    return f"À vérifier{NBSP}: {shown}{more}"


def _typed_cells(data: Mapping[str, str]) -> Iterable[tuple[int, Periode, str, str]]:
    """Indicator, period, key and text of each cell that no longer says what it was opened with."""
    for name, texte in data.items():
        match = _CELLULE.fullmatch(name)
        if match is None:
            continue
        try:
            periode = parse_periode(match["periode"])
        except PeriodeImpossible:
            continue
        cle = f"{match['pk']}-{periode.code}"
        if texte.strip() != data.get(f"{OUVERTURE}{cle}", "").strip():
            yield int(match["pk"]), periode, cle, texte


def _read_cell(saisie: GrilleSaisie, indicateur: Indicateur, periode: Periode, cle: str) -> None:
    try:
        opened = _parse(indicateur, saisie.ouvertes[cle])
        cellule = _parse(indicateur, saisie.tapees[cle])
        check_cell(cellule, decimales=indicateur.decimales)
    except CelluleImpossible as error:
        saisie.fautes.append(Faute(cle, _place(indicateur, periode), str(error)))
        return
    saisie.cases.append(CaseModifiee(indicateur, periode, opened, cellule))


def _parse(indicateur: Indicateur, texte: str) -> CelluleSaisie:
    return parse_cell(texte, unite=indicateur.unite, libre=indicateur.nature == Nature.TEXTE)


def _place(indicateur: Indicateur, periode: Periode) -> str:
    """Row and column of a cell, in words."""
    return f"{indicateur.intitule}, {periode}"
