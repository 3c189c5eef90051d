"""The page of a meeting: everything that is known of it, in a constant number of queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from actions.models import FicheAction
from copil.enums import EtatReunion, Presence
from copil.forms.reunions import EtatDecisionForm
from copil.models import Decision, Participant, Reunion


@dataclass(slots=True)
class DecisionVue:
    """A decision, whether its last day is over, and the form of its state for who may change it."""

    decision: Decision
    en_retard: bool
    form: EtatDecisionForm | None = None


@dataclass(frozen=True, slots=True)
class ReunionVue:
    """`participants` pairs each presence in words with those it holds for, empty ones left out."""

    reunion: Reunion
    participants: list[tuple[str, list[Participant]]]
    a_confirmer: bool
    decisions: list[DecisionVue] = field(default_factory=list)


def build_reunion(reunion: Reunion, *, today: datetime.date) -> ReunionVue:
    """Load the lists of a meeting. Seven queries, whatever their lengths."""
    loaded = Reunion.objects.prefetch_related(
        "instances",
        "ordre_du_jour",
        "participants",
        "documents",
        Prefetch("fiches", FicheAction.objects.with_place()),
        Prefetch("decisions", Decision.objects.select_related("fiche__axe")),
    ).get(pk=reunion.pk)
    loaded.convention = reunion.convention
    return ReunionVue(
        reunion=loaded,
        participants=_by_presence(loaded.participants.all()),
        a_confirmer=loaded.etat in {"", EtatReunion.PREVUE}
        and loaded.date is not None
        and loaded.date.est_passee(today),
        decisions=describe_decisions(loaded.decisions.all(), today),
    )


def describe_decisions(decisions: Iterable[Decision], today: datetime.date) -> list[DecisionVue]:
    return [DecisionVue(decision, decision.est_en_retard(today)) for decision in decisions]


def _by_presence(participants: Iterable[Participant]) -> list[tuple[str, list[Participant]]]:
    groups = {Presence.PRESENT: "Présents", "": "Invités", Presence.EXCUSE: "Excusés"}
    rows = [
        (words, [p for p in participants if p.presence == key]) for key, words in groups.items()
    ]
    return [(words, found) for words, found in rows if found]
