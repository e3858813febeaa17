"""Which times a recruiter could propose to a candidate: working hours that suit both, with nothing else in them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import free_time, time_offer
from app.domain.actions.free_time import Hours, Taken
from app.domain.actions.promise import Promise
from app.domain.actions.time_offer import TimeOffer
from app.domain.agency.agency import CLOSES, OPENS, the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.candidates import preference
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.program import occurrence

DAYS_AHEAD = 12
CALL = 15
"""As long as a promise takes of which nobody said how long it takes."""

WORKING = "12345"


def free_for(person: Person, candidate_id: int, now: datetime) -> list[datetime]:
    """Three moments in the coming days, fewer when there are not as many; today is too soon to choose one."""
    zone, wish = the_zone(), preference.wanted(preference.current(candidate_id), Purpose.PLANNING)
    first = clock.local_day(now, zone) + clock.DAY
    last = first + DAYS_AHEAD * clock.DAY
    table = occurrence.timetable([person], first, last)
    taken = [*taken_of(person.id, *clock.Period(first, last).moments(zone)), *_offered(person.id, candidate_id, now)]
    if table is None:
        return []
    blocks = (table.in_week(person, week) for week in occurrence.weeks(first, last))
    taken += [Taken(each.starts, each.minutes) for each in blocks if each]
    days = _days(first, last, table.closed | table.away[person.id], wish)
    return free_time.suggest(days, _hours(wish), taken, time_offer.USUAL, zone)


def taken_of(person_id: int, since: datetime, until: datetime) -> list[Taken]:
    """What a person promised to do in a period."""
    day_before = since - clock.DAY
    query = (
        select(Promise.due_at, TimeOffer.minutes)
        .outerjoin(TimeOffer, TimeOffer.promise_id == Promise.id)
        .where(Promise.person_id == person_id, Promise.due_at >= day_before, Promise.due_at < until)
        .where(Promise.kept_at.is_(None), Promise.withdrawn_at.is_(None))
    )
    return [Taken(due_at, minutes or CALL) for due_at, minutes in db.session.execute(query)]


def _offered(person_id: int, candidate_id: int, now: datetime) -> list[Taken]:
    """What others may still pick; a new offer takes the place of what this candidate could."""
    offers = time_offer.open_from(person_id, now)
    to_others = (offer for offer in offers if offer.candidate_id != candidate_id)
    return [Taken(start, offer.minutes) for offer in to_others for start in offer.moments]


def _days(first: date, last: date, off: Collection[date], wish: ChannelPreference | None) -> Iterator[date]:
    liked = wish.days if wish and wish.days else WORKING
    days = (first + number * clock.DAY for number in range((last - first).days + 1))
    return (day for day in days if day not in off and str(day.isoweekday()) in {*WORKING} & {*liked})


def _hours(wish: ChannelPreference | None) -> Hours:
    """The agency's working hours, as far as they are the candidate's too; all of them when they never are."""
    agency = the_agency()
    opens, closes = (agency.opens, agency.closes) if agency else (OPENS, CLOSES)
    if wish is None:
        return Hours(opens, closes)
    start, end = max(opens, wish.from_minute or 0), min(closes, wish.until_minute or closes)
    return Hours(start, end) if start + time_offer.USUAL <= end else Hours(opens, closes)


def is_free(offer: TimeOffer, start: datetime) -> bool:
    """Whether the recruiter who offered a time has not promised it to somebody else since."""
    length = timedelta(minutes=offer.minutes)
    return free_time.is_free(start, offer.minutes, taken_of(offer.person_id, start, start + length))
