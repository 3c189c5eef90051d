"""The whole document, from the facts of its cover to its annexes."""

import datetime
from dataclasses import dataclass

from ctg_portal.lib.typographie import date_longue, enumeration
from indicators.series import Serie

from ...enums import Detail, Partie
from .axe import Axe, PointsAnnee
from .base import Comptes, Document, Renvoi, Texte
from .comparaison import Comparaison
from .composition import AVIS, Composition
from .fiche import Fiche
from .financements import TotauxFinancements, totaux_de

SCHEMA = 1
TENUE = "tenue"


@dataclass(frozen=True, slots=True)
class Jalon:
    date: str
    type: str
    intitule: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Signataire:
    organisme: str
    nom_court: str
    type: str
    entree: str
    representants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cadrage:
    presentation: Texte
    jalons: tuple[Jalon, ...]
    signataires: tuple[Signataire, ...]
    communes: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    nom: str
    type: str
    composition: Texte


@dataclass(frozen=True, slots=True)
class Participant:
    nom: str
    qualite: str
    organisme: str
    presence: str
    role: str

    def __str__(self):
        return ", ".join(part for part in (self.nom, self.qualite, self.organisme) if part)


@dataclass(frozen=True, slots=True)
class Decision:
    texte: str
    fiche: Renvoi | None
    responsable: str
    echeance: str
    etat: str
    ouverte: bool
    reunion: str


@dataclass(frozen=True, slots=True)
class Reunion:
    instances: tuple[str, ...]
    titre: str
    date: str
    heure: str
    lieu: str
    visio: bool
    etat: str
    annulee: bool
    motif: str
    nombre_participants: int | None
    participants: tuple[Participant, ...]
    ordre_du_jour: tuple[str, ...]
    fiches: tuple[Renvoi, ...]
    compte_rendu: Texte
    decisions: tuple[Decision, ...]
    documents: tuple[Document, ...]

    @property
    def nom(self) -> str:
        return self.titre or enumeration(list(self.instances))


@dataclass(frozen=True, slots=True)
class Activite:
    """How often an instance met, and when it did last, in words; counted, never kept."""

    instance: str
    tenues: int
    derniere: str


@dataclass(frozen=True, slots=True)
class Gouvernance:
    """Meetings, and the decisions of earlier meetings that are still open."""

    instances: tuple[Instance, ...]
    reunions: tuple[Reunion, ...]
    a_suivre: tuple[Decision, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Those of its own meetings, in their order."""
        return tuple(decision for reunion in self.reunions for decision in reunion.decisions)

    @property
    def activites(self) -> tuple[Activite, ...]:
        """The instances that met, in the order in which they first did."""
        dates: dict[str, list[str]] = {}
        for reunion in self.reunions:
            if reunion.etat == TENUE:
                for name in reunion.instances or (reunion.nom,):
                    dates.setdefault(name, []).append(reunion.date)
        return tuple(Activite(name, len(met), met[-1]) for name, met in dates.items())


@dataclass(frozen=True, slots=True)
class Ecart:
    """A printed figure that differs from the computed one, said beside it and never mended."""

    objet: str
    imprime: str
    calcule: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Convention:
    slug: str
    nom: str
    sous_titre: str
    territoire: str
    type_territoire: str
    caf: str
    periode: str
    debut: str
    fin: str
    signature: str
    phase: str
    mot_axe: str
    mot_objectif: str
    mot_action: str
    couleur: str
    logo: str
    precedente: str


@dataclass(frozen=True, slots=True)
class Arrete:
    """What froze a bilan: when, by whom, what the COPIL said of it, which version it is.

    `reunion` is the meeting that examined it; `motif` says why a version after the first exists.
    """

    le: datetime.date
    auteur: str
    avis: Texte
    reunion: str = ""
    version: int = 1
    motif: str = ""


@dataclass(frozen=True, slots=True)
class EntreeSommaire:
    """A line of the sommaire: level 1 (part), 2 (inside a part) or 3 (fiche)."""

    niveau: int
    repere: str
    intitule: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Bilan:
    """The whole document. `exercice` is None for the whole period of the convention.

    `arrete` is None for what the portal holds today, which may still change. `depuis` is what
    changed since the last arrêté of an earlier exercice, None where there is none. `composition` is
    None for the complete document; `totaux` are kept by what composes, which may leave out the
    lines that they sum up.
    """

    schema: int
    exercice: int | None
    edite_le: datetime.date
    convention: Convention
    copil: str
    cadrage: Cadrage
    comptes: Comptes
    axes: tuple[Axe, ...]
    indicateurs: tuple[Serie, ...]
    annees: tuple[PointsAnnee, ...]
    gouvernance: Gouvernance
    conclusion: Texte
    ecarts: tuple[Ecart, ...]
    sigles: tuple[tuple[str, str], ...]
    sommaire: tuple[EntreeSommaire, ...]
    arrete: Arrete | None = None
    depuis: Comparaison | None = None
    composition: Composition | None = None
    totaux: TotauxFinancements | None = None

    @property
    def financements(self) -> TotauxFinancements:
        """Money by axe and year, whatever is told of each fiche."""
        return totaux_de(self.axes) if self.totaux is None else self.totaux

    @property
    def introduction(self) -> Texte:
        return self.composition.introduction if self.composition else Texte()

    @property
    def en_synthese(self) -> bool:
        """Whether each axe is told by its figures, its table and its points, without its fiches."""
        return bool(self.composition) and self.composition.detail == Detail.SYNTHESE

    @property
    def parties(self) -> tuple[str, ...]:
        """The parts to print, in their order; one that has nothing to say is left out."""
        known = {
            Partie.INTRODUCTION: self.introduction,
            Partie.DEPUIS: self.depuis is not None,
            Partie.PHARES: self.annees,
            Partie.GOUVERNANCE: self.gouvernance.reunions or self.gouvernance.a_suivre,
            Partie.CONCLUSION: self.conclusion,
            AVIS: self.arrete,
        }
        composition = self.composition or Composition()
        return tuple(name for name in composition.ordre if known.get(name, True))

    @property
    def axes_gardes(self) -> str:
        """ "Axe 1 et Axe 3 seulement", where the bilan leaves axes out; else an empty text."""
        if not (self.composition and self.composition.axes):
            return ""
        names = [axe.repere if axe.numero else axe.nom_court for axe in self.axes]
        return f"{enumeration(names)} seulement"

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        return tuple(fiche for axe in self.axes for fiche in axe.fiches)

    @property
    def avec_codes(self) -> bool:
        """Whether this convention gives codes to its fiches."""
        return any(fiche.repere for fiche in self.fiches)

    @property
    def titre_annees(self) -> str:
        """Name of the part that holds the points of the whole convention."""
        has_phares = any(annee.phares for annee in self.annees)
        return "Éléments phares" if has_phares else "Points de la convention"

    @property
    def periode(self) -> str:
        """ "2023", or the years of the whole convention."""
        return str(self.exercice) if self.exercice else self.convention.periode

    @property
    def titre(self) -> str:
        return f"Bilan des actions {self.periode}".strip()

    @property
    def etat(self) -> str:
        """What the cover says of it: a draft as it stands that day, or an arrêté."""
        if self.arrete is None:
            return f"Brouillon, état au {date_longue(self.edite_le)}"
        version = f", version {self.arrete.version}" if self.arrete.version > 1 else ""
        return f"Arrêté le {date_longue(self.arrete.le)}{version}"
