"""The page of a fiche action: everything that is known of it, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from actions.enums import Portee
from actions.models import Document, FicheAction, Financement, Realisation, ResultatAttendu
from actions.queries import Nom, short_lists_of
from axes.access import Acces
from copil.mentions import Mention, mentions_of
from indicators.series import series_of_fiche

from .financements import Totaux, totals_by_year


@dataclass(frozen=True, slots=True)
class VoletVu:
    """A named project of the fiche, or (volet None) what belongs to no project."""

    volet: Nom | None
    realisations: list[Realisation]
    documents: list[Document]


@dataclass(frozen=True, slots=True)
class FicheVue:
    """`listes` holds the short lists by name (see `actions.queries.short_lists_of`)."""

    listes: dict[str, list[Nom]]
    resultats: list[ResultatAttendu]
    volets: list[VoletVu]
    series: list
    mentions: list[Mention]
    commentaires: list
    financements: list[Financement]
    totaux: Totaux


def build_fiche(fiche: FicheAction, acces: Acces) -> FicheVue:
    """Load the lists of the fiche, then what the packages above it say of it.

    Internal comments are only loaded for those who edit.
    """
    comments = fiche.commentaires.select_related("auteur")
    if not acces.voit_interne:
        comments = comments.filter(portee=Portee.PARTAGE)
    listes = short_lists_of(fiche)
    money = list(fiche.financements.all())
    return FicheVue(
        listes=listes,
        resultats=list(fiche.resultats_attendus.all()),
        volets=_volets(fiche, listes.get("volets", [])),
        series=series_of_fiche(fiche),
        mentions=mentions_of(fiche),
        commentaires=list(comments),
        financements=money,
        totaux=totals_by_year(money),
    )


def _volets(fiche: FicheAction, noms: list[Nom]) -> list[VoletVu]:
    done, documents = defaultdict(list), defaultdict(list)
    for realisation in fiche.realisations.all():
        done[realisation.volet_id].append(realisation)
    for document in fiche.documents.all():
        documents[document.volet_id].append(document)
    named = [VoletVu(nom, done[nom.pk], documents[nom.pk]) for nom in noms]
    return [VoletVu(None, done[None], documents[None]), *named]
