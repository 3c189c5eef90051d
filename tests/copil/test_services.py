"""Writes on meetings and calendar addresses, without HTTP."""

import datetime

import pytest
from icalendar import Calendar

from axes.enums import Role
from copil.agenda import build_ics, meetings_of
from copil.enums import EtatReunion
from copil.models import AbonnementAgenda, Decision, Participant, PointOrdreDuJour, Reunion
from copil.services.agenda import abonnement_of, convention_of_agenda, revoke, subscribe
from copil.services.reunions import (
    ReunionRefus,
    add_reunion,
    add_to_reunion,
    cancel_reunion,
    history_of,
    mark_presence,
    remove_reunion,
)
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from tests.factories import (
    ConventionFactory,
    DecisionFactory,
    InstanceFactory,
    MembreFactory,
    ParticipantFactory,
    ReunionFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2024, 3, 15, 12, tzinfo=datetime.UTC)


def test_a_meeting_is_added_after_the_others_of_its_convention():
    convention = ConventionFactory()
    ReunionFactory(convention=convention, ordre=4)
    ReunionFactory(ordre=90)
    instance = InstanceFactory(convention=convention)
    added = add_reunion(reunion=Reunion(convention=convention), instances=[instance])
    assert (added.ordre, added.etat, list(added.instances.all())) == (5, "prevue", [instance])


@pytest.mark.parametrize(
    "item",
    [
        lambda: PointOrdreDuJour(texte="Bilan"),
        lambda: Participant(qualite="Maire"),
        lambda: Decision(texte="Écrire"),
    ],
)
def test_lines_keep_their_order_within_their_own_meeting(item):
    reunion, other = ReunionFactory(), ReunionFactory()
    for _ in range(5):
        add_to_reunion(reunion=other, item=item())
    added = [add_to_reunion(reunion=reunion, item=item()) for _ in range(2)]
    assert [(line.reunion_id, line.ordre) for line in added] == [(reunion.pk, 1), (reunion.pk, 2)]


@pytest.mark.parametrize(
    ("etat", "can_be"), [("", True), ("prevue", True), ("tenue", False), ("annulee", False)]
)
def test_what_was_held_or_cancelled_is_corrected_not_cancelled(etat, can_be):
    reunion = ReunionFactory(etat=etat)
    if can_be:
        assert cancel_reunion(reunion=reunion, motif="neige").etat == EtatReunion.ANNULEE
    else:
        with pytest.raises(ReunionRefus, match="déjà"):
            cancel_reunion(reunion=reunion, motif="neige")
    reunion.refresh_from_db()
    assert reunion.motif == ("neige" if can_be else "")


def test_what_the_database_says_now_counts_not_what_the_page_held():
    reunion = ReunionFactory(etat=EtatReunion.PREVUE)
    Reunion.objects.filter(pk=reunion.pk).update(etat=EtatReunion.TENUE)
    with pytest.raises(ReunionRefus, match=r"elle est tenue.*elle reste dans la liste"):
        remove_reunion(reunion=reunion)
    with pytest.raises(ReunionRefus, match="déjà tenue"):
        cancel_reunion(reunion=reunion, motif="neige")


def test_guests_are_preparation_and_presences_are_history():
    reunion = ReunionFactory(etat=EtatReunion.PREVUE)
    guests = ParticipantFactory.create_batch(2, reunion=reunion)
    assert history_of(reunion) == []
    mark_presence(participant=guests[0], presence="excuse")
    assert history_of(reunion) == ["1\u00a0présence notée"]
    DecisionFactory(reunion=reunion)
    with pytest.raises(ReunionRefus, match="annulez-la plutôt"):
        remove_reunion(reunion=reunion)


def test_the_same_presence_again_is_no_entry_of_the_journal():
    participant = ParticipantFactory(presence="present")
    before = Entree.objects.count()
    mark_presence(participant=participant, presence="present")
    assert Entree.objects.count() == before


# --- Calendar ---------------------------------------------------------------------------------


def test_a_person_has_one_running_address_per_convention():
    membre = MembreFactory(role=Role.LECTEUR)
    elsewhere = MembreFactory(user=membre.user, role=Role.LECTEUR)
    first, second = (subscribe(user=membre.user, convention=membre.convention) for _ in range(2))
    other = subscribe(user=membre.user, convention=elsewhere.convention)
    assert [convention_of_agenda(jeton) for jeton in (first, second, other)] == [
        None,
        membre.convention,
        elsewhere.convention,
    ]
    assert AbonnementAgenda.objects.count() == 3
    assert revoke(user=membre.user, convention=membre.convention) is True
    assert revoke(user=membre.user, convention=membre.convention) is False
    assert abonnement_of(membre.user, membre.convention) is None
    assert convention_of_agenda(second) is None
    assert convention_of_agenda(other) == elsewhere.convention


def test_the_right_is_the_one_in_that_very_convention():
    membre = MembreFactory(role=Role.LECTEUR)
    jeton = subscribe(user=membre.user, convention=membre.convention)
    MembreFactory(user=membre.user, role=Role.COORDINATION)
    membre.delete()
    assert convention_of_agenda(jeton) is None


def test_a_calendar_holds_the_meetings_whose_day_is_known():
    convention = ConventionFactory()
    for date in ("9 octobre 2023", "juin 2021", "2020", None, "2021-08-23/2021-08-27"):
        ReunionFactory(convention=convention, titre=str(date), date=date and parse_date(date))
    ReunionFactory(titre="d’ailleurs")
    raw = build_ics(meetings_of(convention), now=NOW, nom="Réunions")
    assert {event["SUMMARY"] for event in Calendar.from_ical(raw).walk("VEVENT")} == {
        "9 octobre 2023",
        "2021-08-23/2021-08-27",
    }


def test_a_calendar_without_meetings_is_still_a_calendar():
    calendar = Calendar.from_ical(build_ics([], now=NOW, nom="Réunions"))
    assert (calendar["VERSION"], calendar["X-WR-CALNAME"]) == ("2.0", "Réunions")
    assert calendar["PRODID"].startswith("-//Portail CTG")
