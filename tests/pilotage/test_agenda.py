"""Meetings in people's own calendars: the file of one meeting, the secret address of them all."""

import datetime
import re

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from icalendar import Calendar

from axes.enums import Role
from axes.models import Membre
from copil.enums import EtatReunion, Presence
from copil.models import AbonnementAgenda
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from tests.factories import (
    ConventionFactory,
    DecisionFactory,
    InstanceFactory,
    ParticipantFactory,
    PointOrdreDuJourFactory,
    ReunionFactory,
    UserFactory,
    member,
)

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2024, 3, 15, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def convention():
    return ConventionFactory(slug="pays-test", territoire="Pays de Test")


@pytest.fixture
def lectrice(convention):
    return member(convention, Role.LECTEUR)


@pytest.fixture
def reader(client, lectrice):
    client.force_login(lectrice)
    return client


def url(name, *args):
    return reverse(f"pilotage:{name}", args=["pays-test", *args])


def planned(convention, **fields):
    fields = {
        "titre": "Bilan à mi-parcours",
        "date": parse_date("2 mai 2024"),
        "etat": EtatReunion.PREVUE,
    } | fields
    return ReunionFactory(convention=convention, **fields)


def events(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def only_event(reader, reunion):
    (event,) = events(reader.get(url("reunion_ics", reunion.pk)))
    return event


# --- One meeting ------------------------------------------------------------------------------


def test_a_meeting_becomes_an_event(reader, convention):
    copil = InstanceFactory(convention=convention, nom="Comité de pilotage")
    reunion = planned(
        convention, heure="9 h 30", lieu="Mairie, salle B", visio=True, instances=[copil]
    )
    response = reader.get(url("reunion_ics", reunion.pk))
    assert "attachment" in response["Content-Disposition"]
    (event,) = events(response)
    assert event["UID"] == f"reunion-{reunion.pk}@testserver"
    assert event["SUMMARY"] == "Bilan à mi-parcours"
    assert event["LOCATION"] == "Mairie, salle B, en visioconférence"
    assert event["DESCRIPTION"] == "Comité de pilotage"
    assert event["STATUS"] == "CONFIRMED"
    # Half past nine in Paris, in May; no end was written, none is made up.
    assert event["DTSTART"].dt == datetime.datetime(2024, 5, 2, 7, 30, tzinfo=datetime.UTC)
    assert "DTEND" not in event


@pytest.mark.parametrize(
    ("date", "heure", "debut", "fin"),
    [
        ("2 mai 2024", "", datetime.date(2024, 5, 2), datetime.date(2024, 5, 3)),
        ("2 mai 2024", "à préciser", datetime.date(2024, 5, 2), datetime.date(2024, 5, 3)),
        ("du 2 au 4 mai 2024", "9 h", datetime.date(2024, 5, 2), datetime.date(2024, 5, 5)),
        (
            "11 janvier 2024",
            "14h-16h",
            datetime.datetime(2024, 1, 11, 13, tzinfo=datetime.UTC),
            datetime.datetime(2024, 1, 11, 15, tzinfo=datetime.UTC),
        ),
    ],
)
def test_when_an_event_begins_and_ends(reader, convention, date, heure, debut, fin):
    event = only_event(reader, planned(convention, date=parse_date(date), heure=heure))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (debut, fin)


def test_a_cancelled_meeting_is_so_in_the_calendar(reader, convention):
    reunion = planned(convention)
    before = only_event(reader, reunion)
    reunion.etat, reunion.motif = EtatReunion.ANNULEE, "motif tenu secret"
    reunion.save()
    after = only_event(reader, reunion)
    assert after["UID"] == before["UID"]
    assert (after["STATUS"], after["SUMMARY"]) == (
        "CANCELLED",
        "Annulée\u00a0: Bilan à mi-parcours",
    )
    assert "secret" not in after.to_ical().decode()


@pytest.mark.parametrize("date", [None, "mai 2024", "2024"])
def test_a_meeting_without_a_known_day_has_no_file(reader, convention, date):
    reunion = planned(convention, date=date and parse_date(date))
    address = url("reunion_ics", reunion.pk)
    assert reader.get(address).status_code == 404
    assert address not in reader.get(url("reunion", reunion.pk)).content.decode()


def test_the_pages_lead_to_the_file(reader, convention):
    address = url("reunion_ics", planned(convention).pk)
    pk = int(re.search(r"/(\d+)/", address)[1])
    assert address in reader.get(url("reunion", pk)).content.decode()
    assert address in reader.get(url("tableau")).content.decode()


def test_lines_are_folded_and_signs_are_kept(reader, convention):
    titre = "Réunion d’élus ; œuvres, « Histoires d’ici »\\suite " * 3
    reunion = planned(convention, titre=titre.strip())
    raw = reader.get(url("reunion_ics", reunion.pk)).content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert only_event(reader, reunion)["SUMMARY"] == titre.strip()


def test_a_file_is_for_who_reads_the_convention(client, convention):
    address = url("reunion_ics", planned(convention).pk)
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(member(convention, Role.LECTEUR))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    assert client.get(url("reunion_ics", ReunionFactory().pk)).status_code == 404


# --- The address ------------------------------------------------------------------------------


def subscribe(reader) -> str:
    """The path of a new calendar address, read where the page shows it once."""
    response = reader.post(url("agenda_abonnement"))
    assert response.status_code == 200
    return re.search(r'value="http://testserver(/agenda/[\w-]+\.ics)"', response.content.decode())[
        1
    ]


def test_the_address_is_shown_once_and_kept_nowhere(reader, lectrice, convention):
    path = subscribe(reader)
    jeton = path.removeprefix("/agenda/").removesuffix(".ics")
    assert len(jeton) >= 43
    shown_again = reader.get(url("agenda_abonnement")).content.decode()
    assert jeton not in shown_again
    assert "15 mars 2024" in shown_again
    abonnement = AbonnementAgenda.objects.get()
    assert (abonnement.user, abonnement.convention) == (lectrice, convention)
    assert jeton not in abonnement.jeton
    told = Entree.objects.of_convention(convention.pk).get(object_repr=str(lectrice))
    assert jeton not in str(told.changes)
    assert abonnement.jeton not in str(told.changes)


def test_the_calendar_reads_it_without_a_session(reader, convention):
    planned(convention)
    planned(convention, titre="Sans jour", date=parse_date("juin 2024"))
    planned(convention, titre="Sans date", date=None)
    ReunionFactory(titre="Réunion d’ailleurs")
    response = Client().get(subscribe(reader))
    assert [event["SUMMARY"] for event in events(response)] == ["Bilan à mi-parcours"]
    assert "X-WR-CALNAME:Réunions – Pays de Test" in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_nothing_but_the_calendar_leaves(reader, convention):
    reunion = planned(convention, compte_rendu="Secret du compte rendu", etat=EtatReunion.TENUE)
    PointOrdreDuJourFactory(reunion=reunion, texte="Secret de l’ordre du jour")
    ParticipantFactory(reunion=reunion, nom="Secret Nom", presence=Presence.PRESENT)
    DecisionFactory(reunion=reunion, texte="Secret de la décision")
    raw = Client().get(subscribe(reader)).content.decode()
    assert "Bilan" in raw
    assert "Secret" not in raw
    assert "@" not in raw.replace("@testserver", "")


def closed_by_revoking(reader, lectrice):
    assert reader.post(url("agenda_revoquer")).status_code == 302


def closed_by_replacing(reader, lectrice):
    subscribe(reader)


def closed_by_the_end_of_the_grant(reader, lectrice):
    Membre.objects.filter(user=lectrice).update(expire_le=NOW.date() - datetime.timedelta(days=1))


def closed_by_leaving(reader, lectrice):
    Membre.objects.filter(user=lectrice).delete()


def closed_by_a_role_that_does_not_read(reader, lectrice):
    Membre.objects.filter(user=lectrice).update(role=Role.ADMINISTRATION)


def closed_with_the_account(reader, lectrice):
    lectrice.is_active = False
    lectrice.save()


@pytest.mark.parametrize(
    "close",
    [
        closed_by_revoking,
        closed_by_replacing,
        closed_by_the_end_of_the_grant,
        closed_by_leaving,
        closed_by_a_role_that_does_not_read,
        closed_with_the_account,
    ],
)
def test_the_right_is_asked_at_each_reading(reader, lectrice, convention, close):
    planned(convention)
    path = subscribe(reader)
    assert Client().get(path).status_code == 200
    close(reader, lectrice)
    answer = Client().get(path)
    assert answer.status_code == 404
    assert b"VEVENT" not in answer.content


@pytest.mark.parametrize("jeton", ["inconnu", "0" * 64])
def test_an_unknown_address_opens_nothing(reader, jeton):
    subscribe(reader)
    assert Client().get(f"/agenda/{jeton}.ics").status_code == 404


def test_the_fingerprint_is_no_address(reader):
    subscribe(reader)
    fingerprint = AbonnementAgenda.objects.get().jeton
    assert Client().get(f"/agenda/{fingerprint}.ics").status_code == 404


def test_revoking_is_one_s_own(client, convention, lectrice):
    other = member(convention, Role.COORDINATION)
    client.force_login(lectrice)
    path = subscribe(client)
    client.force_login(other)
    response = client.post(url("agenda_revoquer"), follow=True)
    assert "Vous n’aviez pas d’adresse d’agenda" in response.content.decode()
    assert Client().get(path).status_code == 200


def test_the_page_offers_to_revoke_only_what_exists(reader):
    assert url("agenda_revoquer") not in reader.get(url("agenda_abonnement")).content.decode()
    subscribe(reader)
    assert url("agenda_revoquer") in reader.get(url("agenda_abonnement")).content.decode()
    reader.post(url("agenda_revoquer"))
    assert AbonnementAgenda.objects.get().revoque_le == NOW
    assert url("agenda_revoquer") not in reader.get(url("agenda_abonnement")).content.decode()


@pytest.mark.parametrize("person", ["anonymous", "stranger"])
def test_who_does_not_read_gets_no_address(client, convention, person):
    if person == "stranger":
        client.force_login(UserFactory())
    status = 404 if person == "stranger" else 302
    assert client.post(url("agenda_abonnement")).status_code == status
    assert not AbonnementAgenda.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_address_costs_the_same_for_one_and_three(
    reader, convention, count, django_assert_num_queries
):
    for _ in range(count):
        planned(convention, instances=[InstanceFactory(convention=convention)])
    path, calendar = subscribe(reader), Client()
    with override_settings(ACCOUNT_RATE_LIMITS=False), django_assert_num_queries(4):
        assert len(events(calendar.get(path))) == count


def test_who_asks_too_often_waits(reader):
    path = subscribe(reader)
    with override_settings(ACCOUNT_RATE_LIMITS={"agenda": "2/m/ip"}):
        calendar = Client()
        assert [calendar.get(path).status_code for _ in range(3)] == [200, 200, 429]
