"""Changing a follow-up block: for everybody, a team or one person, from the first week that it does not upset."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.program import absence, block
from app.domain.program.block import Block, Scope
from app.domain.program.placing import WeeklyTime, first_week, place


class Time(NamedTuple):
    """A day of the week (Monday = 0), minutes past midnight, and a length in minutes."""

    weekday: int
    starts: int
    minutes: int


def reserve(scopes: Sequence[Scope], time: Time, by: Person, now: datetime) -> Block:
    """Another time for the first of these scopes, of which each is wider than the one before it.

    It holds from this week on when neither the old nor the new time of this week has come, and else from the next.

    Raises:
        ValueError: the block would not lie within one day.
    """
    from_week = _first_week(scopes, time, now)
    return block.reserve(scopes[0], *time, from_week=from_week, by_id=by.id, at=now)


def give_up(scopes: Sequence[Scope], by: Person, now: datetime) -> Block | None:
    """Let the first scope go along with the next that has a time; None when it has no time of its own."""
    if block.newest(scopes[0]) is None:
        return None
    today = clock.local_day(now, the_zone())
    wider = block.holding(block.history(scopes[1:]), scopes[1:], today)
    from_week = _first_week(scopes, wider, now)
    return block.give_up(scopes[0], from_week=from_week, by_id=by.id, at=now)


def _first_week(scopes: Sequence[Scope], wanted: WeeklyTime | None, now: datetime) -> date:
    zone = the_zone()
    today = clock.local_day(now, zone)
    week = clock.week_of(today)
    last, person_id = week.end - clock.DAY, scopes[0].person_id
    closed = absence.closed_days(week.start, last)
    away = absence.away_on(person_id, week.start, last) if person_id else frozenset()
    present = block.holding(block.history(scopes), scopes, today)
    both = [each for each in (present, wanted) if each]
    placed = [place(each, week.start, zone, closed=closed, away=away) for each in both]
    return first_week(placed, now, zone)


def may_reserve(actor: Person, scope: Scope, person: Person | None = None) -> bool:
    """Administrators everybody's; a lead the team's and its people's; everybody their own."""
    if scope.person_id:
        return absence.may_record(actor, person)
    own_team = actor.role == Role.LEAD and scope.team_id is not None and scope.team_id == actor.team_id
    return actor.role == Role.ADMIN or own_team
