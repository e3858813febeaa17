"""Calendars for other programs: a person's feed, the entry of their block, and an appointment for a candidate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta

from icalendar import Event, vCalAddress

from app.domain.actions.calendar import Appointment, Diary, Series
from app.domain.actions.choosing_time import Standing
from app.domain.agency.agency import the_agency, the_zone
from app.domain.program.program import program_name
from app.language import gettext as _
from app.words import ics
from app.words.ics import Entry
from app.words.times import appointment, initialled

HOURLY = timedelta(hours=1)


def feed(diary: Diary, host: str, url: str) -> bytes:
    """Everything in a person's calendar, the same bytes as long as nothing changed; the blocks lead to `url`."""
    shown = ics.empty(_named(), diary.zone, diary.changed_at)
    shown.add("refresh-interval", HOURLY, parameters={"VALUE": "DURATION"})
    shown.add("x-published-ttl", "PT1H")
    events = [each for series in diary.series for each in _block(series, diary, host, url)]
    for event in [*events, *(_agreed(each, diary, host) for each in diary.appointments)]:
        shown.add_component(event)
    return ics.written(shown)


def invitation(diary: Diary, host: str, url: str, sender: str) -> bytes:
    """The newest series of blocks, as a mail brings it: the same entry as in the feed, so that it never doubles."""
    shown = ics.empty(_named(), diary.zone, diary.changed_at, "REQUEST")
    for event in _block(diary.series[-1], diary, host, url):
        event.add("organizer", _address(sender, program_name()))
        event.add("attendee", _address(diary.person.email or "", diary.person.name, RSVP="FALSE"))
        shown.add_component(event)
    return ics.written(shown)


def for_recruiter(made: Appointment, diary: Diary, host: str) -> bytes:
    """One agreed time, for whoever does not subscribe to the feed."""
    shown = ics.empty(_named(), diary.zone, made.made_at)
    shown.add_component(_agreed(made, diary, host))
    return ics.written(shown)


def for_candidate(standing: Standing, host: str) -> bytes:
    """What a candidate chose, for their own calendar."""
    offer, agency, zone = standing.offer, the_agency(), the_zone()
    summary = _("%(name)s of %(agency)s", name=standing.person.name, agency=agency.name if agency else program_name())
    starts, made_at = offer.picked or offer.made_at, offer.picked_at or offer.made_at
    shown = ics.empty(summary, zone, starts)
    entry = Entry(f"times-{offer.id}-{int(made_at.timestamp())}@{host}", summary, starts, offer.minutes, made_at)
    shown.add_component(ics.event(entry, zone))
    return ics.written(shown)


def _block(series: Series, diary: Diary, host: str, url: str) -> Iterator[Event]:
    """The series, and an event for each week in which it is at another moment."""
    about = _("Ten candidates who are the right ones now: start with the first.")
    summary = _("Follow-up block")
    entry = Entry(f"{series.name}@{host}", summary, series.first, series.minutes, diary.changed_at, about, url)
    master = ics.event(entry, diary.zone)
    until = {"until": series.last.astimezone(UTC)} if series.last else {}
    master.add("rrule", {"freq": "weekly"} | until)
    for usual in (each.usual for each in series.departures if each.instead is None):
        master.add("exdate", usual.astimezone(diary.zone))
    yield master
    for each in series.departures:
        if each.instead:
            moved = replace(entry, starts=each.instead.starts, minutes=each.instead.minutes)
            event = ics.event(moved, diary.zone)
            event.add("recurrence-id", each.usual.astimezone(diary.zone))
            yield event


def _agreed(made: Appointment, diary: Diary, host: str) -> Event:
    """Only the given name and a letter: others may look into a calendar."""
    uid = f"promise-{made.promise_id}-{int(made.made_at.timestamp())}@{host}"
    summary = appointment(initialled(made.candidate), made.channel)
    entry = Entry(uid, summary, made.starts, made.minutes, made.made_at, alarm=made.chosen, busy=made.chosen)
    return ics.event(entry, diary.zone)


def _named() -> str:
    return _("Follow-up: %(program)s", program=program_name())


def _address(mail: str, name: str, **parameters: str) -> vCalAddress:
    made = vCalAddress(f"MAILTO:{mail}")
    for key, text in {"CN": name, **parameters}.items():
        made.params[key] = text
    return made
