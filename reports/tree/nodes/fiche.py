"""One fiche action, with all that may be printed of it."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.series import Serie

from .base import Document, Renvoi, Statut, Texte


@dataclass(frozen=True, slots=True)
class Resultat:
    texte: str
    texte_actuel: str
    niveau: int
    intertitre: str
    atteint: Statut
    renseigne: bool


@dataclass(frozen=True, slots=True)
class Realisation:
    """Something done; `chiffre` is its figure in words ("plus de 50 participants")."""

    date: str
    lieu: str
    texte: Texte
    niveau: int
    chiffre: str

    @property
    def precision(self) -> str:
        """Place and figure, on one line."""
        return ", ".join(part for part in (self.lieu, self.chiffre) if part)


@dataclass(frozen=True, slots=True)
class Financement:
    financeur: str
    objet: str
    volet: str
    montant: Decimal | None
    annee: int | None
    nature: str


@dataclass(frozen=True, slots=True)
class Financements:
    """The lines, the total of the known amounts per nature, and how many amounts are unknown."""

    lignes: tuple[Financement, ...] = ()
    totaux: tuple[tuple[str, Decimal], ...] = ()
    sans_montant: int = 0

    def __bool__(self):
        return bool(self.lignes)


@dataclass(frozen=True, slots=True)
class Volet:
    titre: str
    texte: Texte
    realisations: tuple[Realisation, ...]
    documents: tuple[Document, ...]
    indicateurs: tuple[Serie, ...]


@dataclass(frozen=True, slots=True)
class PointEtape:
    exercice: int
    texte: Texte


@dataclass(frozen=True, slots=True)
class Partenaire:
    organisme: str
    role: str


@dataclass(frozen=True, slots=True)
class ReunionDeFiche:
    date: str
    titre: str
    lieu: str
    participants: str
    etat: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """One fiche action, with all that may be printed of it.

    `pk` is never printed: two bilans find the same fiche again by it, whatever its new title.
    """

    ancre: str
    code: str
    repere: str
    intitule: str
    intitule_court: str
    origine: str
    nouvelle: bool
    dans_synthese: bool
    suivi: Statut
    realisation: Statut
    objectifs: Statut
    motif_ecart: str
    analyse: Texte
    menee_par: str
    suite: str
    contexte: Texte
    public: Texte
    moyens: Texte
    debut: str
    fin: str
    echeancier: Texte
    pilotes: tuple[str, ...]
    elu_referent: str
    partenaires: tuple[Partenaire, ...]
    communes: tuple[str, ...]
    thematiques: tuple[str, ...]
    liees: tuple[Renvoi, ...]
    precedente: str
    resultats: tuple[Resultat, ...]
    volets: tuple[Volet, ...]
    realisations: tuple[Realisation, ...]
    points_etape: tuple[PointEtape, ...]
    indicateurs: tuple[Serie, ...]
    financements: Financements
    reunions: tuple[ReunionDeFiche, ...]
    documents: tuple[Document, ...]
    pk: int | None = None

    @property
    def renvoi(self) -> Renvoi:
        return Renvoi(self.ancre, self.repere, self.intitule)

    @property
    def indicateurs_tous(self) -> tuple[Serie, ...]:
        return self.indicateurs + tuple(s for volet in self.volets for s in volet.indicateurs)

    @property
    def periode(self) -> str:
        """Planned start and end in words, or an empty text."""
        if self.debut and self.fin:
            return f"de {self.debut} à {self.fin}" if self.debut != self.fin else self.debut
        return f"à partir de {self.debut}" if self.debut else (self.fin and f"jusqu’à {self.fin}")
