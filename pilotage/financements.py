"""Money of a fiche or of an axe: totals that never add up what is planned, granted and paid."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from actions.enums import NatureFinancement
from actions.models import FicheAction, Financement

SANS_NATURE = "nature non renseignée"
SANS_ANNEE = "année non renseignée"


@dataclass(frozen=True, slots=True)
class Montant:
    """The total of one nature: None where nobody gave an amount.

    `inconnus` counts the lines whose amount is missing from it.
    """

    nature: str
    total: Decimal | None
    inconnus: int


@dataclass(frozen=True, slots=True)
class LigneTotaux:
    """One amount per column of its table."""

    nom: str
    adresse: str
    montants: tuple[Montant, ...]


@dataclass(frozen=True, slots=True)
class Totaux:
    """`natures` names the columns, those in use only; `ensemble` sums them up."""

    natures: tuple[str, ...]
    lignes: tuple[LigneTotaux, ...]
    ensemble: LigneTotaux

    @property
    def inconnus(self) -> int:
        return sum(montant.inconnus for montant in self.ensemble.montants)


def totals_by_year(money: Iterable[Financement]) -> Totaux:
    """One row per year, what has no year at the end."""
    money = sorted(money, key=lambda line: (line.annee is None, line.annee or 0))
    return _totals(money, lambda line: (str(line.annee or SANS_ANNEE), ""))


def totals_by_fiche(money: Iterable[Financement], fiches: Iterable[FicheAction]) -> Totaux:
    """One row per fiche that has any money, in the order of the fiches."""
    places = {fiche.pk: (rank, fiche) for rank, fiche in enumerate(fiches)}
    money = sorted(money, key=lambda line: places[line.fiche_id][0])

    def name(line: Financement) -> tuple[str, str]:
        fiche = places[line.fiche_id][1]
        return f"{fiche.repere} {fiche.nom_court}".strip(), fiche.get_absolute_url()

    return _totals(money, name)


def _totals(money: list[Financement], name: Callable[[Financement], tuple[str, str]]) -> Totaux:
    used = {line.nature for line in money}
    natures = {
        key: label for key, label in [*NatureFinancement.choices, ("", SANS_NATURE)] if key in used
    }
    groups = defaultdict(list)
    for line in money:
        groups[name(line)].append(line)
    rows = (_row(nom, adresse, lines, natures) for (nom, adresse), lines in groups.items())
    return Totaux(tuple(natures.values()), tuple(rows), _row("Total", "", money, natures))


def _row(nom: str, adresse: str, lines: list[Financement], natures: dict[str, str]) -> LigneTotaux:
    montants = []
    for key, label in natures.items():
        amounts = [line.montant for line in lines if line.nature == key]
        known = [amount for amount in amounts if amount is not None]
        total = sum(known) if known else None
        montants.append(Montant(label, total, len(amounts) - len(known)))
    return LigneTotaux(nom, adresse, tuple(montants))
