"""The trees of the papers of a meeting: texts as they are printed, an empty one left to be written.

Whatever is empty is printed as a line to be filled in by hand: nothing is invented for it.
"""

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.template.defaultfilters import capfirst

from ctg_portal.lib.typographie import NBSP, abrege, compte, date_longue

from ..tree.nodes import Convention, Decision, Document, Instance, Participant, Texte

#: Rows without a name at the end of a feuille d’émargement: beside known guests, or alone.
LIGNES_LIBRES = 6
LIGNES_SANS_INVITE = 10
#: Rows to be written by hand where a relevé holds no decision.
DECISIONS_LIBRES = 4
TERRITOIRE_COURANT = 60


@dataclass(frozen=True, slots=True)
class Fait:
    """A name and its value; `lien` is the address that the value leads to, if any.

    `signature` leaves the room that a signature takes.
    """

    nom: str
    valeur: str = ""
    lien: str = ""
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Seance:
    """The meeting as every paper names it.

    `jour` has the weekday, `date` has not; `lien` is the address to connect to, where the place
    holds one, and `lieu` is the rest of it.
    """

    nom: str
    titre: str
    instances: tuple[str, ...]
    date: str
    jour: str
    heure: str
    lieu: str
    lien: str
    visio: bool
    annulee: bool
    motif: str

    @property
    def faits(self) -> tuple[Fait, ...]:
        """Who meets, when and where; of a cancelled meeting, nothing is left to be written."""
        found = [Fait("Date", capfirst(self.jour)), Fait("Heure", self.heure), self._place()]
        if self.titre and self.instances:
            word = "Instances" if len(self.instances) > 1 else "Instance"
            found.insert(0, Fait(word, ", ".join(self.instances)))
        return tuple(fact for fact in found if fact.valeur or not self.annulee)

    @property
    def connexion(self) -> tuple[Fait, ...]:
        """The address to connect to, or room to write it; nothing where everybody comes."""
        if self.lien:
            return (Fait("Lien de connexion", self.lien, self.lien),)
        return (Fait("Lien de connexion"),) if self.visio and not self.annulee else ()

    @property
    def a_completer(self) -> tuple[Fait, ...]:
        """The facts that nobody typed."""
        return tuple(fact for fact in self.faits if not fact.valeur)

    @property
    def en_bref(self) -> str:
        """ "mardi 8 octobre 2024, 14 h 30, Bourg-les-Fables": what is known, on one line."""
        parts = (self.jour, self.heure, self._place().valeur)
        return ", ".join(part for part in parts if part)

    @property
    def annulation(self) -> str:
        """What a paper says of a cancelled meeting; empty for the others."""
        if not self.annulee:
            return ""
        reason = f"Motif{NBSP}: {self.motif}" if self.motif else "Motif non renseigné"
        return f"Cette réunion est annulée. {reason.rstrip('.')}."

    def _place(self) -> Fait:
        if self.visio:
            words = f"{self.lieu}, et en visioconférence" if self.lieu else "En visioconférence"
            return Fait("Lieu", words)
        return Fait("Lieu", self.lieu or ("En ligne" if self.lien else ""))


@dataclass(frozen=True, slots=True)
class Papier:
    """What the papers have in common."""

    convention: Convention
    seance: Seance
    edite_le: datetime.date

    nature: ClassVar[str] = ""

    @property
    def titre(self) -> str:
        """The title of the file: "Convocation – Comité de pilotage, 8 octobre 2024"."""
        return f"{self.nature} – {self.objet}"

    @property
    def objet(self) -> str:
        """ "Comité de pilotage, 8 octobre 2024"; no date after a title that tells it."""
        nom, date = self.seance.nom, self.seance.date
        is_told = date.replace(NBSP, " ") in nom.replace(NBSP, " ")
        return nom if is_told else f"{nom}, {date}"

    @property
    def pied(self) -> str:
        """The foot of each page: the territory, and when the paper was made."""
        territoire = abrege(self.convention.territoire, TERRITOIRE_COURANT)
        return f"{territoire} · Édité le {date_longue(self.edite_le)}"

    @property
    def images(self) -> frozenset[str]:
        """Names, in the media storage, of the pictures that it prints."""
        return frozenset({self.convention.logo} - {""})


@dataclass(frozen=True, slots=True)
class Convocation(Papier):
    """Who is called, when, where and what for; `compositions` where nobody is named."""

    ordre_du_jour: tuple[str, ...]
    documents: tuple[Document, ...]
    invites: tuple[Participant, ...]
    compositions: tuple[Instance, ...]
    contacts: tuple[str, ...]

    @property
    def nature(self) -> str:
        return "Avis d’annulation" if self.seance.annulee else "Convocation"

    @property
    def invitation(self) -> str:
        """The sentence that opens it."""
        return self.seance.annulation or (
            "Vous êtes convié·e à cette réunion, dont voici la date, le lieu et l’ordre du jour."
        )

    @property
    def reperes(self) -> tuple[Fait, ...]:
        return (*self.seance.faits, *self.seance.connexion)

    @property
    def contact(self) -> tuple[Fait, ...]:
        """Who answers questions."""
        return (Fait("Contact", " ; ".join(self.contacts)), Fait("Téléphone, courriel"))

    @property
    def signature(self) -> tuple[Fait, ...]:
        """What whoever signs writes."""
        return (Fait("Fait à, le"), Fait("Nom, qualité, signature", signature=True))


@dataclass(frozen=True, slots=True)
class Emargement(Papier):
    """Who is expected, and signs; who is excused; rows for whoever else comes."""

    attendus: tuple[Participant, ...]
    excuses: tuple[Participant, ...]

    nature: ClassVar[str] = "Feuille d’émargement"

    @property
    def rangs_libres(self) -> range:
        """The rows without a name; none where there is nothing to sign."""
        if self.seance.annulee:
            return range(0)
        return range(LIGNES_LIBRES if self.attendus else LIGNES_SANS_INVITE)

    @property
    def annonce(self) -> str:
        """What stands in the place of the rows where the meeting is cancelled."""
        return f"{self.seance.annulation} Il n’y a rien à signer." if self.seance.annulee else ""


@dataclass(frozen=True, slots=True)
class Releve(Papier):
    """What was said and decided, who was there, what is still open, when the next meeting is.

    `invites` are those of whom nobody said whether they came; `a_suivre` are decisions of earlier
    meetings of the same bodies that are still open today.
    """

    nombre_participants: int | None
    presents: tuple[Participant, ...]
    excuses: tuple[Participant, ...]
    invites: tuple[Participant, ...]
    fiches: tuple[str, ...]
    ordre_du_jour: tuple[str, ...]
    compte_rendu: Texte
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    a_suivre: tuple[Decision, ...]
    prochaine: Seance | None

    nature: ClassVar[str] = "Relevé de décisions"

    @property
    def reperes(self) -> tuple[Fait, ...]:
        """When, where, how many, about which fiches."""
        found, number = [*self.seance.faits], self.nombre_participants
        if number is not None:
            found.append(Fait("Participants", compte(number, "participant")))
        elif not self.seance.annulee:
            found.append(Fait("Participants"))
        if self.fiches:
            found.append(Fait("Fiches concernées", " ; ".join(self.fiches)))
        return tuple(found)

    @property
    def presences(self) -> tuple[tuple[str, tuple[Participant, ...]], ...]:
        """Words and the persons they hold for; an empty group is left out."""
        groups = (
            ("Présents", self.presents),
            ("Excusés", self.excuses),
            ("Invités, présence non renseignée", self.invites),
        )
        return tuple((words, people) for words, people in groups if people)

    @property
    def presences_libres(self) -> tuple[Fait, ...]:
        """Room to write who came, where nobody is named; none where nothing was held."""
        if self.presences or self.seance.annulee:
            return ()
        return (Fait("Présents"), Fait("Excusés"))

    @property
    def rangs_libres(self) -> range:
        """Rows for the decisions that nobody typed; none where there are, or nothing was held."""
        return range(0 if self.decisions or self.seance.annulee else DECISIONS_LIBRES)

    @property
    def suite(self) -> tuple[Fait, ...]:
        """The next meeting, and who signs this paper."""
        coming = self.prochaine
        words = f"{coming.nom}{NBSP}: {coming.en_bref}" if coming else ""
        return (
            Fait("Prochaine réunion", words),
            Fait("Relevé établi par, le"),
            Fait("Signature", signature=True),
        )
