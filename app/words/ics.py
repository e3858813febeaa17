"""The frame that calendar files share: a zone as other programs read it, events with an alarm, the bytes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE = timedelta(minutes=10)
YEARS_BACK, YEARS_AHEAD = 2, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says; `changed_at` makes a later version of it the newer one, `alarm` warns ten minutes before."""

    uid: str
    summary: str
    starts: datetime
    minutes: int
    changed_at: datetime
    description: str = ""
    url: str = ""
    alarm: bool = True
    busy: bool = True


def empty(name: str, zone: ZoneInfo, around: date, method: str = "PUBLISH") -> Calendar:
    """A calendar without events, in which times of a zone have a meaning for years to come."""
    made = Calendar()
    made.add("prodid", "-//Fanfare//Fanfare//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    made.add("name", name)
    made.add("x-wr-calname", name)
    if zone.key != "UTC":
        made.add("x-wr-timezone", zone.key)
        made.add_component(_zone(zone.key, around.year))
    return made


@lru_cache(maxsize=8)
def _zone(key: str, year: int) -> Timezone:
    """Clock changes one to a line: some programs read only the first of a list, and show winter time all summer."""
    found = Timezone.from_tzid(
        key, first_date=date(year - YEARS_BACK, 1, 1), last_date=date(year + YEARS_AHEAD, 12, 31)
    )
    for part in found.subcomponents:
        if "RDATE" in part:
            moments = [each.dt for each in part.pop("RDATE").dts]
            for moment in moments:
                part.add("rdate", [moment])
    return found


def event(entry: Entry, zone: ZoneInfo) -> Event:
    """An event on the wall clock of a zone."""
    made = Event()
    made.add("uid", entry.uid)
    made.add("summary", entry.summary)
    made.add("dtstart", entry.starts.astimezone(zone))
    made.add("dtend", (entry.starts.astimezone(zone) + timedelta(minutes=entry.minutes)))
    made.add("dtstamp", entry.changed_at)
    made.add("last-modified", entry.changed_at)
    made.add("sequence", max(0, int((entry.changed_at - EPOCH).total_seconds())))
    made.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    for name, text in (("description", entry.description), ("url", entry.url)):
        if text:
            made.add(name, text)
    if entry.alarm:
        made.add_component(_alarm(entry.summary))
    return made


def _alarm(text: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", text)
    made.add("trigger", -BEFORE)
    return made


def written(calendar: Calendar) -> bytes:
    """The file; the same facts give the same bytes."""
    return bytes(calendar.to_ical())
