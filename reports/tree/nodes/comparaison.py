"""What changed from one bilan to another, as plain data like the rest."""

import datetime
from dataclasses import dataclass

from indicators.series import PointSerie, Variation

from .base import Renvoi, Statut


@dataclass(frozen=True, slots=True)
class ChangementStatut:
    """One status of a fiche; `nom` says which."""

    nom: str
    avant: Statut
    apres: Statut


@dataclass(frozen=True, slots=True)
class FicheComparee:
    """A fiche in a comparison, under its name in the later bilan that holds it.

    `ancien_nom` is the one it had, where it changed; `changements` are empty for a fiche that only
    one of the two bilans holds.
    """

    pk: int | None
    axe: str
    fiche: Renvoi
    ancien_nom: str = ""
    changements: tuple[ChangementStatut, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A value of one period that the later bilan tells otherwise."""

    avant: PointSerie
    apres: PointSerie


@dataclass(frozen=True, slots=True)
class IndicateurCompare:
    """An indicator with values that the earlier bilan did not hold, or held otherwise.

    `variation` goes from the last measured number of the one to the last of the other; None where
    they are the same, or are not numbers that compare. `ancienne_unite` is empty if it stayed.
    """

    pk: int | None
    rattachement: str
    intitule: str
    unite: str
    ancienne_unite: str
    nouveau: bool
    nouvelles: tuple[PointSerie, ...]
    corrections: tuple[Correction, ...]
    variation: Variation | None


@dataclass(frozen=True, slots=True)
class PerspectiveSuivie:
    """A perspective of the earlier bilan and what the later one says that it became.

    `devenir` is never empty: "non renseigné" where nobody said it.
    """

    axe: str
    exercice: int
    texte: str
    devenir: str
    connu: bool
    fiche: Renvoi | None
    repris_par: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """From one bilan to a later one; `titre` and the two states say which."""

    titre: str
    avant: str
    apres: str
    depuis_le: datetime.date
    mouvements: tuple[FicheComparee, ...]
    nouvelles: tuple[FicheComparee, ...]
    disparues: tuple[FicheComparee, ...]
    renommees: tuple[FicheComparee, ...]
    indicateurs: tuple[IndicateurCompare, ...]
    perspectives: tuple[PerspectiveSuivie, ...]

    @property
    def vide(self) -> bool:
        """True where no fiche, status nor indicator changed; a perspective may still be open."""
        return not (
            self.mouvements
            or self.nouvelles
            or self.disparues
            or self.renommees
            or self.indicateurs
        )
