"""Reachable: when somebody may be told a kind of thing, by the choices they made and the days they work."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from app import clock
from app.domain.actions import alerting
from app.domain.agency.agency import the_zone
from app.domain.notices import catalogue, delivery_times, quiet
from app.domain.notices.quiet import Quiet
from app.domain.notices.recipient import name_person
from app.domain.program import at_work


class Why(StrEnum):
    """Why it is not told any more."""

    DAILY = "it comes in the mail of the day"
    OFF = "a day off, until it was no news any more"
    QUIET = "quiet hours, until it was no news any more"


def when(person_id: int, kind: str, now: datetime, not_after: datetime) -> datetime | Why:
    """The first moment from now on at which a message may go, or why it need not go at all.

    What somebody sits and waits for goes at any hour; what they may say no to only on days on which they work, and
    with the rest of the day if they like that better.
    """
    told = catalogue.told(kind)
    if told.at_once:
        return now
    times = delivery_times.of(name_person(person_id))
    if times.once_a_day and told.waits and kind != catalogue.ALERT:
        return Why.DAILY
    days = _days(person_id, now, not_after) if told.optional else None
    return _first(times.quiet, days, now, not_after)


def _days(person_id: int, now: datetime, not_after: datetime) -> frozenset[date]:
    zone = the_zone()
    return at_work.days([person_id], clock.local_day(now, zone), clock.local_day(not_after, zone))[person_id]


def _first(hours: Quiet | None, days: Collection[date] | None, now: datetime, not_after: datetime) -> datetime | Why:
    """Days None: any day will do."""
    zone, moment = the_zone(), now
    while moment <= not_after:
        day = clock.local_day(moment, zone)
        if days is not None and day not in days:
            later = [each for each in days if each > day]
            if not later:
                return Why.OFF
            moment = alerting.next_opening(clock.midnight(min(later), zone))
            continue
        allowed = quiet.next_allowed(hours, moment, zone)
        if allowed == moment:
            return moment
        moment = allowed
    return Why.QUIET if hours else Why.OFF
