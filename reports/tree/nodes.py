"""The bilan as plain data: what every renderer reads, and nothing else.

Numbers, dates and texts in frozen dataclasses and tuples: no model, no query, no HTML but what
`Texte.html` makes of a sanitised text. An empty tuple or an empty text means "not known".
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from ctg_portal.lib.richtext import to_html, to_plain
from ctg_portal.lib.typographie import enumeration
from indicators.series import Serie

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Texte:
    """A rich text, kept as it was typed."""

    brut: str = ""

    def __bool__(self):
        return bool(self.brut.strip())

    @property
    def html(self):
        """Sanitised HTML: paragraphs, lists, bold, italic, links, small tables."""
        return to_html(self.brut)

    @property
    def simple(self) -> str:
        """The words alone, on one line."""
        return to_plain(self.brut)


@dataclass(frozen=True, slots=True)
class Statut:
    """One value of a status: the stored value, the words, the names of its icon and tone."""

    valeur: str
    label: str
    icone: str
    ton: str


@dataclass(frozen=True, slots=True)
class Compte:
    statut: Statut
    nombre: int


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts over fiches that are not archived, in the order of the closed lists."""

    fiches: int
    nouvelles: int
    suivi: tuple[Compte, ...]
    realisation: tuple[Compte, ...]
    objectifs: tuple[Compte, ...]

    def nombre(self, lequel: str, valeur: str) -> int:
        """How many fiches have that value of "suivi", "realisation" or "objectifs"."""
        comptes = getattr(self, lequel)
        return next((compte.nombre for compte in comptes if compte.statut.valeur == valeur), 0)

    @property
    def non_renseignees(self) -> int:
        """Fiches without a réalisation, which is what "non renseignées" counts."""
        return self.nombre("realisation", "")


@dataclass(frozen=True, slots=True)
class Document:
    """A caption, with a picture, a link, another file, or none of them.

    `image` is the name of a picture in the media storage; a picture without droit à l’image is
    not in the tree at all.
    """

    legende: str
    credit: str = ""
    alt: str = ""
    lien: str = ""
    image: str = ""
    fichier: str = ""


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A pointer to a fiche of this bilan."""

    ancre: str
    repere: str
    intitule: str

    def __str__(self):
        return f"{self.repere} {self.intitule}" if self.repere else self.intitule

    @property
    def court(self) -> str:
        """The code, or the title of a fiche that has none."""
        return self.repere or self.intitule


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
    """One fiche action, with all that may be printed of it."""

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


@dataclass(frozen=True, slots=True)
class Objectif:
    """An objectif and its fiches; without title it gathers the fiches that have none."""

    code: str
    intitule: str
    fiches: tuple[Fiche, ...]

    def __str__(self):
        return f"{self.code}. {self.intitule}" if self.code else self.intitule


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the year; `devenir`, `fiche` and `reprend` say where it led or came from."""

    texte: Texte
    devenir: str = ""
    fiche: Renvoi | None = None
    reprend: str = ""
    repris_par: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsAnnee:
    """The points of one exercice, of an axe or of the whole convention.

    `precedentes` are the perspectives that the exercice before had written for this one.
    """

    exercice: int
    forts: tuple[Point, ...] = ()
    faibles: tuple[Point, ...] = ()
    perspectives: tuple[Point, ...] = ()
    precedentes: tuple[Point, ...] = ()
    phares: tuple[Point, ...] = ()
    notes: tuple[Point, ...] = ()

    @property
    def annee_suivante(self) -> int:
        return self.exercice + 1

    @property
    def sans_phares(self) -> bool:
        """True when something else than éléments phares stands here."""
        return bool(
            self.forts or self.faibles or self.perspectives or self.precedentes or self.notes
        )


@dataclass(frozen=True, slots=True)
class Axe:
    ancre: str
    numero: str
    intitule: str
    intitule_court: str
    mot: str
    presentation: Texte
    pilotes: tuple[str, ...]
    thematiques: tuple[str, ...]
    fiches_annoncees: int | None
    comptes: Comptes
    objectifs: tuple[Objectif, ...]
    indicateurs: tuple[Serie, ...]
    annees: tuple[PointsAnnee, ...]

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        return tuple(fiche for objectif in self.objectifs for fiche in objectif.fiches)

    @property
    def repere(self) -> str:
        """ "Axe 1", or the territory's word alone where there is no number."""
        return f"{self.mot} {self.numero}" if self.numero else self.mot

    @property
    def nom_court(self) -> str:
        return self.intitule_court or self.intitule

    @property
    def annonce_differe(self) -> bool:
        """True when the signed convention announced another number of fiches than was entered."""
        return self.fiches_annoncees not in (None, self.comptes.fiches)


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
class Gouvernance:
    """Meetings, and the decisions of earlier meetings that are still open."""

    instances: tuple[Instance, ...]
    reunions: tuple[Reunion, ...]
    a_suivre: tuple[Decision, ...]


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
class EntreeSommaire:
    """A line of the sommaire: level 1 (part), 2 (inside a part) or 3 (fiche)."""

    niveau: int
    repere: str
    intitule: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Bilan:
    """The whole document. `exercice` is None for the whole period of the convention."""

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
