"""What the instances said of a fiche."""

from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from actions.models import FicheAction
from ctg_portal.lib.dates import DatePartielle
from ctg_portal.lib.requetes import RequetePreparee

from .enums import EtatDecision, EtatReunion
from .models import Decision, Instance, Reunion


@dataclass(frozen=True, slots=True)
class Mention:
    """A meeting or a decision about a fiche; `reunion_pk` is the page that tells it."""

    est_decision: bool
    reunion_pk: int
    texte: str
    date: DatePartielle | None
    etat: str


def mentions_of(fiche: FicheAction) -> list[Mention]:
    """Meetings that dealt with a fiche, then decisions about it, in one query.

    A meeting without a title is named after the first of its instances.
    """
    return [
        Mention(
            est_decision=bool(genre),
            reunion_pk=page,
            texte=mots,
            date=DatePartielle.from_column(quand) if quand else None,
            etat=str(dict((EtatDecision if genre else EtatReunion).choices).get(statut, "")),
        )
        for genre, page, mots, quand, statut in _mentions(fiche.pk)
    ]


@RequetePreparee
def _mentions(fiche: int):
    text = CharField()
    first_instance = Instance.objects.filter(reunions=OuterRef("pk")).order_by("ordre", "pk")
    meetings = Reunion.objects.filter(fiches=fiche).annotate(
        genre=Value(0),
        page=F("pk"),
        mots=Coalesce(
            NullIf("titre", Value("")), Subquery(first_instance.values("nom")[:1]), Value("")
        ),
        quand=Cast("date", text),
        statut=F("etat"),
    )
    decisions = Decision.objects.filter(fiche=fiche).annotate(
        genre=Value(1),
        page=F("reunion_id"),
        mots=Cast("texte", text),
        quand=Cast("echeance", text),
        statut=F("etat"),
    )
    columns = ("genre", "page", "mots", "quand", "statut")
    return (
        meetings.order_by()
        .values_list(*columns)
        .union(decisions.order_by().values_list(*columns), all=True)
        .order_by("genre", "quand", "page")
    )
