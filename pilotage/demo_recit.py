"""What the demo team did since the last COPIL, so that the journal and the dashboard have a story.

Each change is made by the service that the pages call: a status is first put back to what it was,
outside the journal, then changed by somebody, at a time of these last weeks. In between, the bilan
that the last COPIL examined is frozen: what came after is what the dashboard tells.
"""

import datetime
from dataclasses import dataclass

from auditlog.context import disable_auditlog, set_actor
from django.utils import timezone

from actions.enums import Objectifs, Realisation, Suivi
from actions.models import FicheAction
from actions.services.fiches import change_statuts
from axes.enums import Role
from axes.models import Convention
from copil.models import Reunion
from journal.models import Entree
from reports.enums import Detail
from reports.models import Bilan
from reports.services.arretes import arreter
from reports.services.brouillons import create_draft

FIN_DE_SEANCE = datetime.time(17, 30)
AVIS = (
    "Le comité de pilotage prend acte du bilan et salue la participation des familles. Il demande"
    " que les fiches sans réalisation soient complétées avant sa prochaine séance."
)
INTRODUCTION = (
    "Ce bilan est en préparation : les pilotes complètent leurs fiches jusqu’à la veille de la"
    " séance."
)


@dataclass(frozen=True, slots=True)
class Episode:
    """One change: which fiche, which status, what it was before, how many days ago, by whom."""

    reference: str
    champ: str
    avant: str
    jours: int
    role: Role


EPISODES = (
    Episode("2.A3", "suivi", Suivi.EN_COURS, 68, Role.REFERENT),
    Episode("2.A3", "realisation", Realisation.PARTIELLEMENT, 68, Role.REFERENT),
    Episode("5.B3", "suivi", Suivi.EN_PAUSE, 54, Role.COORDINATION),
    Episode("5.B3", "realisation", Realisation.PARTIELLEMENT, 54, Role.COORDINATION),
    Episode("3.A1", "objectifs_atteints", Objectifs.PARTIELLEMENT, 39, Role.CONTRIBUTEUR),
    Episode("1.B2", "realisation", Realisation.PARTIELLEMENT, 25, Role.REFERENT),
    Episode("4.A1", "suivi", Suivi.EN_COURS, 18, Role.COORDINATION),
    Episode("3.A4", "realisation", Realisation.PARTIELLEMENT, 9, Role.COORDINATION),
    Episode("1.A1", "objectifs_atteints", Objectifs.PARTIELLEMENT, 3, Role.REFERENT),
)


def tell_recent_changes(convention: Convention, users: dict, now: datetime.datetime) -> None:
    """Play the episodes; a fiche that the tables no longer hold is passed over.

    Side effects: journal entries dated in the past, the bilan that the last COPIL examined frozen
    as it stood that day, the fiches as the tables describe them, the draft of the next bilan.
    """
    fiches = {
        fiche.reference: fiche
        for fiche in FicheAction.objects.of_convention(convention).select_related("axe")
    }
    told = [
        (fiches[episode.reference], episode, getattr(fiches[episode.reference], episode.champ))
        for episode in EPISODES
        if episode.reference in fiches
    ]
    with disable_auditlog():
        for fiche, episode, _final in told:
            change_statuts(fiche=fiche, opened={}, submitted={episode.champ: episode.avant})
    frozen = _freeze_the_bilan_of_the_copil(convention, users[Role.COORDINATION])
    for fiche, episode, final in told:
        with set_actor(users[episode.role]):
            change_statuts(fiche=fiche, opened={}, submitted={episode.champ: final})
        when = timezone.localtime(now - datetime.timedelta(days=episode.jours))
        _date_last_entry(
            Entree.objects.of_fiche(fiche.pk),
            when.replace(hour=10 + episode.jours % 7, minute=episode.jours % 60),
        )
    if frozen:
        _prepare_the_next_bilan(frozen, users[Role.COORDINATION], timezone.localdate(now).year)


def _prepare_the_next_bilan(frozen: Bilan, auteur, year: int) -> None:
    # Short, as one hands it out at the meeting; the frozen one is told in full.
    draft = Bilan(
        convention=frozen.convention,
        exercice=year,
        detail=Detail.SYNTHESE,
        introduction=INTRODUCTION,
    )
    with set_actor(auteur):
        create_draft(brouillon=draft, auteur=auteur)


def _freeze_the_bilan_of_the_copil(convention: Convention, auteur) -> Bilan | None:
    """The bilan of the year before, as a COPIL examines it; None where none was held."""
    copil = Reunion.objects.of_convention(convention).last_copil().first()
    if copil is None or not copil.date.est_un_jour:
        return None
    held = timezone.make_aware(datetime.datetime.combine(copil.date.debut, FIN_DE_SEANCE))
    bilan = arreter(
        convention=convention,
        exercice=copil.date.debut.year - 1,
        avis=AVIS,
        auteur=auteur,
        now=held,
        reunion=copil,
    )
    _date_last_entry(Entree.objects.of_convention(convention.pk), held)
    return bilan


def _date_last_entry(entries, when: datetime.datetime) -> None:
    entry = entries.recent_first().first()
    entry.timestamp = when
    entry.save(update_fields=["timestamp"])
