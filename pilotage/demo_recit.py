"""What the demo team did since the last COPIL, so that the journal and the dashboard have a story.

Each change is made by the service that the pages call: a status is first put back to what it was,
outside the journal, then changed by somebody, at a time of these last weeks.
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
from journal.models import Entree


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

    Side effects: journal entries dated in the past, the fiches as the tables describe them.
    """
    fiches = {
        fiche.reference: fiche
        for fiche in FicheAction.objects.of_convention(convention).select_related("axe")
    }
    for episode in EPISODES:
        fiche = fiches.get(episode.reference)
        if fiche is not None:
            _play(fiche, episode, users[episode.role], now)


def _play(fiche: FicheAction, episode: Episode, user, now: datetime.datetime) -> None:
    final = getattr(fiche, episode.champ)
    with disable_auditlog():
        change_statuts(fiche=fiche, opened={}, submitted={episode.champ: episode.avant})
    with set_actor(user):
        change_statuts(fiche=fiche, opened={}, submitted={episode.champ: final})
    when = timezone.localtime(now - datetime.timedelta(days=episode.jours))
    entry = Entree.objects.of_fiche(fiche.pk).recent_first().first()
    entry.timestamp = when.replace(hour=10 + episode.jours % 7, minute=episode.jours % 60)
    entry.save(update_fields=["timestamp"])
