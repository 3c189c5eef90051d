"""Meetings for somebody's calendar (iCalendar, RFC 5545): when, where, which instances.

Nothing else leaves: neither the report, nor the agenda, nor the people. A meeting whose day is not
known has no place in a calendar, and is left out.
"""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings

from axes.models import Convention
from ctg_portal.lib.dates import parse_heures

from .enums import EtatReunion
from .models import Reunion

PRODID = "-//Portail CTG//Réunions//FR"
STATUS = {EtatReunion.ANNULEE: "CANCELLED"}
ONE_DAY = datetime.timedelta(days=1)


def meetings_of(convention: Convention) -> list[Reunion]:
    """The meetings that the calendar address of a convention gives. Two queries."""
    reunions = Reunion.objects.of_convention(convention).exclude(date__isnull=True)
    return [one for one in reunions.prefetch_related("instances") if one.est_datee_au_jour]


def build_ics(reunions: Iterable[Reunion], *, now: datetime.datetime, nom: str = "") -> bytes:
    """An iCalendar file of these meetings, in UTF-8; `nom` is what calendars call it.

    Each meeting keeps its UID, so that a calendar replaces what it knew of it.
    """
    # Imported when asked for: no other page needs the library.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    if nom:
        calendar.add("x-wr-calname", nom)
    for reunion in reunions:
        calendar.add_component(_fill(Event(), reunion, now))
    return calendar.to_ical()


def _fill(event, reunion: Reunion, now: datetime.datetime):
    is_cancelled = reunion.etat == EtatReunion.ANNULEE
    installation = settings.ALLOWED_HOSTS[0].strip(".*") or "portail-ctg"
    event.add("uid", f"reunion-{reunion.pk}@{installation}")
    event.add("dtstamp", now)
    # Many calendars show a cancelled event like any other.
    event.add("summary", f"Annulée\u00a0: {reunion.nom}" if is_cancelled else reunion.nom)
    debut, fin = _bounds(reunion)
    event.add("dtstart", debut)
    if fin:
        event.add("dtend", fin)
    if place := _place(reunion):
        event.add("location", place)
    if reunion.titre and (instances := ", ".join(str(one) for one in reunion.instances.all())):
        event.add("description", instances)
    event.add("status", STATUS.get(reunion.etat, "CONFIRMED"))
    return event


def _bounds(reunion: Reunion):
    """First and last moments, the last one only where it was written; else whole days.

    Times are those of the territory, told in UTC: no calendar has to know the zone.
    """
    date, heures = reunion.date, parse_heures(reunion.heure)
    if heures is None or date.est_plage:
        return date.debut, date.fin + ONE_DAY
    zone = ZoneInfo(settings.TIME_ZONE)
    debut, fin = (
        heure and datetime.datetime.combine(date.debut, heure, zone).astimezone(datetime.UTC)
        for heure in heures
    )
    return debut, fin


def _place(reunion: Reunion) -> str:
    visio = "en visioconférence" if reunion.visio else ""
    return ", ".join(part for part in (reunion.lieu, visio) if part)
