"""Closed lists of the instances, meetings, decisions and points of the year."""

from django.db import models

from actions.enums import NON_RENSEIGNE, Apparence


class TypeInstance(models.TextChoices):
    COPIL = "copil", "comité de pilotage"
    COTECH = "comite_technique", "comité technique"
    COMMISSION = "commission", "commission"
    PETIT_DEJEUNER = "petit_dejeuner", "petit déjeuner"
    AUTRE = "autre", "autre"


class EtatReunion(models.TextChoices):
    PREVUE = "prevue", "prévue"
    TENUE = "tenue", "tenue"
    ANNULEE = "annulee", "annulée"

    @classmethod
    def apparence_of(cls, value: str) -> Apparence:
        """Word, icon and tone of a stored state."""
        return _apparence(cls, value)


class Presence(models.TextChoices):
    PRESENT = "present", "présent"
    EXCUSE = "excuse", "excusé"


class EtatDecision(models.TextChoices):
    A_FAIRE = "a_faire", "à faire"
    EN_COURS = "en_cours", "en cours"
    FAITE = "faite", "faite"
    ABANDONNEE = "abandonnee", "abandonnée"

    @classmethod
    def apparence_of(cls, value: str) -> Apparence:
        """Word, icon and tone of a stored state."""
        return _apparence(cls, value)


_ASPECTS = {
    EtatReunion.PREVUE: ("a-venir", "nr"),
    EtatReunion.TENUE: ("terminee", "oui"),
    EtatReunion.ANNULEE: ("abandonnee", "non"),
    EtatDecision.A_FAIRE: ("a-venir", "nr"),
    EtatDecision.EN_COURS: ("en-cours", "cours"),
    EtatDecision.FAITE: ("terminee", "oui"),
    EtatDecision.ABANDONNEE: ("abandonnee", "non"),
}


def _apparence(states, value: str) -> Apparence:
    if not value:
        return Apparence(NON_RENSEIGNE, "suivi-nr", "nr")
    state = states(value)
    return Apparence(state.label.capitalize(), *_ASPECTS[state])


ETATS_DECISION_OUVERTS = frozenset({"", EtatDecision.A_FAIRE, EtatDecision.EN_COURS})


class NaturePoint(models.TextChoices):
    FORT = "fort", "point fort"
    FAIBLE = "faible", "point faible"
    PERSPECTIVE = "perspective", "perspective"
    PHARE = "phare", "élément phare"
    NOTE = "note", "note"


class Devenir(models.TextChoices):
    """What became of a perspective."""

    REALISEE = "realisee", "réalisée"
    EN_COURS = "en_cours", "en cours"
    ABANDONNEE = "abandonnee", "abandonnée"
    DEVENUE_FICHE = "devenue_fiche", "devenue fiche action"
