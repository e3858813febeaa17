"""Adoption: how many of the recruiters take part in the running week."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from app.domain.oversight.tally import tally


class Share(NamedTuple):
    """`active` of `expected` people did something that was not undone."""

    active: int
    expected: int


class Adoption(NamedTuple):
    """This week so far, last week up to the same hour, and the whole of last week."""

    so_far: Share
    at_this_time_last_week: Share
    last_week: Share

    @property
    def change(self) -> int:
        return self.so_far.active - self.at_this_time_last_week.active


def adoption(now: datetime, zone: ZoneInfo) -> Adoption:
    """How many take part; whoever joins or leaves is counted on the days in between."""
    monday = clock.week_of(clock.local_day(now, zone)).start
    before = monday - clock.WEEK
    moments = (
        (monday, now),
        (before, week_earlier(now, zone)),
        (before, clock.midnight(monday, zone) - datetime.resolution),
    )
    columns = []
    for first, until in moments:
        expected = expected_at(clock.local_day(until, zone), until)
        columns += [tally(and_(expected, active_between(first, until))), tally(expected)]
    row = db.session.execute(select(*columns).where(Person.role == Role.RECRUITER)).one()
    return Adoption(Share(*row[0:2]), Share(*row[2:4]), Share(*row[4:6]))


def week_earlier(now: datetime, zone: ZoneInfo) -> datetime:
    """The same weekday and hour of the wall clock a week before, on both sides of a clock change."""
    local = now.astimezone(zone)
    return (local.replace(tzinfo=None) - clock.WEEK).replace(tzinfo=zone).astimezone(now.tzinfo)


def expected_at(day: date, until: datetime) -> ColumnElement[bool]:
    """Of a person: they work here at a moment."""
    return and_(Person.joined_on <= day, or_(Person.deactivated_at.is_(None), Person.deactivated_at > until))


def active_between(first: date, until: datetime) -> ColumnElement[bool]:
    """Of a person: they did something from a day until a moment that was not undone."""
    return exists().where(
        EngagementAction.person_id == Person.id,
        EngagementAction.local_date >= first,
        EngagementAction.occurred_at <= until,
        EngagementAction.undone_at.is_(None),
    )
