"""Money over the whole bilan: what is planned, granted and paid, by axe and year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from actions.enums import NatureFinancement
from ctg_portal.lib.typographie import compte

from .axe import Axe
from .fiche import Financement

SANS_NATURE = "nature non renseignée"
#: The names of the rows that sum others up.
TOTAL, ENSEMBLE = "Total", "Tous les axes"
_ORDRE = (*NatureFinancement.labels, "")

#: One total per nature in use; None where nobody gave an amount.
Montants = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class FinancementsAnnee:
    annee: int | None
    montants: Montants

    @property
    def nom(self) -> str:
        return str(self.annee or "Année non renseignée")


@dataclass(frozen=True, slots=True)
class FinancementsAxe:
    nom: str
    annees: tuple[FinancementsAnnee, ...]
    total: Montants


@dataclass(frozen=True, slots=True)
class TotauxFinancements:
    """False where no amount is known. `natures` are never added up; `inconnus` counts amounts."""

    natures: tuple[str, ...] = ()
    axes: tuple[FinancementsAxe, ...] = ()
    ensemble: Montants = ()
    inconnus: int = 0

    def __bool__(self):
        return bool(self.axes)

    @property
    def sans_annees(self) -> "TotauxFinancements":
        """The same, with one row per axe."""
        return replace(self, axes=tuple(replace(axe, annees=()) for axe in self.axes))

    @property
    def avec_annees(self) -> bool:
        return any(axe.annees for axe in self.axes)

    @property
    def titre(self) -> str:
        return "Financements, par axe et par année" if self.avec_annees else "Financements, par axe"

    @property
    def reperes(self) -> tuple[str, ...]:
        """The names of the columns before the amounts."""
        return ("Axe", "Année") if self.avec_annees else ("Axe",)

    @property
    def colonnes(self) -> tuple[str, ...]:
        """The names of the columns of amounts."""
        return tuple((nature or SANS_NATURE).capitalize() for nature in self.natures)

    @property
    def phrase(self) -> str:
        """How many amounts are missing from the totals; an empty text where all are known."""
        if not self.inconnus:
            return ""
        words = compte(
            self.inconnus, "montant n’est pas renseigné", "montants ne sont pas renseignés"
        )
        return f"{words} et ne compte{'nt' if self.inconnus > 1 else ''} pas dans ces totaux."

    @property
    def rangees(self) -> tuple["Rangee", ...]:
        """The rows to print; the name of an axe stands in its first row only."""
        rows: list[Rangee] = []
        for axe in self.axes:
            lines = [Rangee((axe.nom,), axe.total)]
            if axe.annees:
                lines = [Rangee(("", annee.nom), annee.montants) for annee in axe.annees]
                if len(lines) > 1:
                    lines.append(Rangee(("", TOTAL), axe.total, est_total=True))
                lines[0] = replace(lines[0], reperes=(axe.nom, lines[0].reperes[1]))
            rows += lines
        if len(self.axes) > 1:
            names = (ENSEMBLE, TOTAL) if self.avec_annees else (ENSEMBLE,)
            rows.append(Rangee(names, self.ensemble, est_total=True))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Rangee:
    """A printed row: the axe and the year, if years are told, then the amounts."""

    reperes: tuple[str, ...]
    montants: Montants
    est_total: bool = False


def totaux_de(axes: Iterable[Axe]) -> TotauxFinancements:
    """The totals of all that the fiches of these axes say of money; empty without any amount."""
    money = {
        f"{axe.repere}. {axe.nom_court}": [
            line for fiche in axe.fiches for line in fiche.financements.lignes
        ]
        for axe in axes
    }
    everything = [line for lines in money.values() for line in lines]
    known = [line for line in everything if line.montant is not None]
    if not known:
        return TotauxFinancements()
    # What was frozen keeps the words of its day, which the list may have lost since.
    places = {name: rank for rank, name in enumerate(_ORDRE)}
    used = dict.fromkeys(line.nature for line in known)
    natures = tuple(sorted(used, key=lambda name: places.get(name, len(places))))
    return TotauxFinancements(
        natures=natures,
        axes=tuple(_axe(name, lines, natures) for name, lines in money.items() if lines),
        ensemble=_montants(everything, natures),
        inconnus=len(everything) - len(known),
    )


def _axe(name: str, lines: list[Financement], natures: tuple[str, ...]) -> FinancementsAxe:
    years = defaultdict(list)
    for line in lines:
        years[line.annee].append(line)
    ordered = sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0))
    return FinancementsAxe(
        name,
        tuple(FinancementsAnnee(year, _montants(same, natures)) for year, same in ordered),
        _montants(lines, natures),
    )


def _montants(lines: list[Financement], natures: tuple[str, ...]) -> Montants:
    amounts: dict[str, Decimal] = {}
    for line in lines:
        if line.montant is not None:
            amounts[line.nature] = amounts.get(line.nature, Decimal(0)) + line.montant
    return tuple(amounts.get(nature) for nature in natures)
