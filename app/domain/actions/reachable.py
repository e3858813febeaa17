"""Reachable: when somebody may be told a kind of thing, by the choices they made and the days they work."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app import clock
from app.domain.actions import alerting
from app.domain.agency.agency import the_zone
from app.domain.notices import catalogue, delivery_times, quiet
from app.domain.notices.catalogue import Told
from app.domain.notices.delivery_times import AT_ONCE, Times
from app.domain.notices.quiet import Quiet
from app.domain.notices.recipient import name_person
from app.domain.program import at_work


class Why(StrEnum):
    """Why it is not told any more."""

    DAILY = "it comes in the mail of the day"
    OFF = "a day off, until it was no news any more"
    QUIET = "quiet hours, until it was no news any more"


class Asked(NamedTuple):
    """Of whom and of what it is asked, and until when it is news."""

    person_id: int
    kind: str
    not_after: datetime


def when(person_id: int, kind: str, now: datetime, not_after: datetime) -> datetime | Why:
    """The first moment from now on at which a message may go, or why it need not go at all."""
    return whens([Asked(person_id, kind, not_after)], now)[0]


def whens(asked: Sequence[Asked], now: datetime) -> list[datetime | Why]:
    """The same of many at once.

    What somebody sits and waits for goes at any hour; what they may say no to only on days on which they work, and
    with the rest of the day if they like that better; some of it only while the agency works.
    """
    waiting = [each for each in asked if not catalogue.told(each.kind).at_once]
    chosen = delivery_times.of_many([name_person(each.person_id) for each in waiting])
    days = _days([each for each in waiting if catalogue.told(each.kind).optional], now)
    return [_when(each, chosen.get(name_person(each.person_id), AT_ONCE), days, now) for each in asked]


def _when(one: Asked, times: Times, days: Mapping[int, Collection[date]], now: datetime) -> datetime | Why:
    told = catalogue.told(one.kind)
    if told.at_once:
        return now
    if times.once_a_day and told.waits and one.kind != catalogue.ALERT:
        return Why.DAILY
    last, moment = clock.local_day(one.not_after, the_zone()), now
    worked = [day for day in days[one.person_id] if day <= last] if told.optional else None
    while moment <= one.not_after:
        allowed = _allowed(moment, told, times.quiet, worked)
        if allowed is None:
            return Why.OFF
        if allowed == moment:
            return moment
        moment = allowed
    return Why.QUIET if times.quiet else Why.OFF


def _days(asked: Sequence[Asked], now: datetime) -> Mapping[int, Collection[date]]:
    """On which days from now on these work, as far as anything that they are told of is news."""
    if not asked:
        return {}
    zone, last = the_zone(), max(each.not_after for each in asked)
    return at_work.days({each.person_id for each in asked}, clock.local_day(now, zone), clock.local_day(last, zone))


def _allowed(moment: datetime, told: Told, hours: Quiet | None, days: Collection[date] | None) -> datetime | None:
    """A moment itself when it may go then, else a later one to look at; None when none of the days is left.

    Days None: any day will do.
    """
    zone = the_zone()
    day = clock.local_day(moment, zone)
    if days is not None and day not in days:
        later = [each for each in days if each > day]
        return alerting.next_opening(clock.midnight(min(later), zone)) if later else None
    return quiet.next_allowed(hours, alerting.next_opening(moment) if told.in_hours else moment, zone)
