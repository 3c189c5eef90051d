"""The three statuses and the other closed lists of a fiche action.

A status is a word, an icon and a tone (its colour); the three always go together and are named
nowhere else. An empty status is a value of its own, "non renseigné", never derived from another.
"""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Apparence:
    """How one value of a status is shown: the words, the icon's name, the tone's name."""

    label: str
    icone: str
    ton: str


class _Statut(models.TextChoices):
    """Base of the statuses: each knows how every one of its values is shown, the empty one too."""

    @property
    def apparence(self) -> Apparence:
        icone, ton = _ASPECTS[type(self)][self.value]
        return Apparence(str(self.label), icone, ton)

    @classmethod
    def apparence_of(cls, value: str) -> Apparence:
        """The appearance of a stored value; the empty one is "non renseigné"."""
        return cls(value).apparence if value else _VIDES[cls]


class Suivi(_Statut):
    A_VENIR = "a_venir", "À venir"
    EN_COURS = "en_cours", "En cours"
    EN_PAUSE = "en_pause", "En pause"
    TERMINEE = "terminee", "Terminée"
    ABANDONNEE = "abandonnee", "Abandonnée"


class Realisation(_Statut):
    REALISEE = "realisee", "Réalisée"
    PARTIELLEMENT = "partiellement", "Partiellement réalisée"
    NON_REALISEE = "non_realisee", "Non réalisée"


class Objectifs(_Statut):
    ATTEINTS = "atteints", "Atteints"
    PARTIELLEMENT = "partiellement", "Partiellement atteints"
    NON_ATTEINTS = "non_atteints", "Non atteints"


class Atteint(_Statut):
    """Whether one expected result was reached."""

    OUI = "oui", "Atteint"
    EN_PARTIE = "en_partie", "Atteint en partie"
    NON = "non", "Non atteint"


NON_RENSEIGNE = "Non renseigné"
NON_RENSEIGNEE = "Non renseignée"

# Keyed by list, then by value: members of two lists with one spelling ("partiellement") are equal.
_ASPECTS = {
    Suivi: {
        Suivi.A_VENIR: ("a-venir", "nr"),
        Suivi.EN_COURS: ("en-cours", "cours"),
        Suivi.EN_PAUSE: ("en-pause", "part"),
        Suivi.TERMINEE: ("terminee", "oui"),
        Suivi.ABANDONNEE: ("abandonnee", "non"),
    },
    Realisation: {
        Realisation.REALISEE: ("carre-oui", "oui"),
        Realisation.PARTIELLEMENT: ("carre-part", "part"),
        Realisation.NON_REALISEE: ("carre-non", "non"),
    },
    Objectifs: {
        Objectifs.ATTEINTS: ("rond-oui", "oui"),
        Objectifs.PARTIELLEMENT: ("rond-part", "part"),
        Objectifs.NON_ATTEINTS: ("rond-non", "non"),
    },
    Atteint: {
        Atteint.OUI: ("rond-oui", "oui"),
        Atteint.EN_PARTIE: ("rond-part", "part"),
        Atteint.NON: ("rond-non", "non"),
    },
}
_VIDES = {
    Suivi: Apparence(NON_RENSEIGNE, "suivi-nr", "nr"),
    Realisation: Apparence(NON_RENSEIGNEE, "carre-nr", "nr"),
    Objectifs: Apparence(NON_RENSEIGNE, "rond-nr", "nr"),
    Atteint: Apparence(NON_RENSEIGNE, "rond-nr", "nr"),
}

STATUTS = {"suivi": Suivi, "realisation": Realisation, "objectifs_atteints": Objectifs}
# Past this point of its life a fiche is no longer late, nor waited for.
SUIVI_CLOS = frozenset({Suivi.TERMINEE, Suivi.ABANDONNEE})


class MotifEcart(models.TextChoices):
    CRISE_SANITAIRE = "crise_sanitaire", "crise sanitaire"
    COMPETENCE_COMMUNALE = "competence_communale", "compétence communale"
    PORTEE_PAR_PARTENAIRE = "portee_par_partenaire", "portée par un partenaire"
    FAUTE_DE_PORTEUR = "faute_de_porteur", "faute de porteur"
    FAUTE_DE_MOYENS = "faute_de_moyens", "faute de moyens"
    FAUTE_DE_PUBLIC = "faute_de_public", "faute de public"
    REPRISE_HORS_PERIODE = "reprise_hors_periode", "reprise hors période"
    AUTRE = "autre", "autre"


class MeneePar(models.TextChoices):
    COLLECTIVITE = "collectivite", "la collectivité"
    COMMUNE = "commune", "une commune"
    PARTENAIRE = "partenaire", "un partenaire"
    TRANSVERSALE = "transversale", "de façon transversale"


class Suite(models.TextChoices):
    POURSUIVRE = "poursuivre", "poursuivre"
    FAIRE_EVOLUER = "faire_evoluer", "faire évoluer"
    ARRETER = "arreter", "arrêter"


class Origine(models.TextChoices):
    SIGNEE = "signee", "signée"
    NOUVELLE = "nouvelle_action", "nouvelle action"
    AVENANT = "avenant", "avenant"


class NatureFinancement(models.TextChoices):
    PREVU = "prevu", "prévu"
    OBTENU = "obtenu", "obtenu"
    VERSE = "verse", "versé"


class Portee(models.TextChoices):
    """Who reads a comment."""

    INTERNE = "interne", "interne à l’équipe"
    PARTAGE = "partage", "partagé avec tous les membres"
