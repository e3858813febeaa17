"""Reads the figures of days for a scope: as they are kept, or, where they are not, counted from the rows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, func, literal, or_, select, union_all

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.person import Person
from app.domain.oversight import day_activity, day_pool
from app.domain.oversight.day_counting import IS_STANDING
from app.domain.oversight.day_events import NO_TEAM, Of, events
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_mark import Known
from app.domain.oversight.day_pool import Part, Pool
from app.domain.oversight.scope import Scope
from app.domain.oversight.staff_shares import of_teams
from app.domain.oversight.window import SEEN

A_WEEK = timedelta(days=6)
"""When nothing was kept on a Sunday, the days before it tell of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures of a scope come from; a part of the candidates is always counted."""

    scope: Scope
    known: Known

    def is_kept(self, periods: Sequence[Period]) -> bool:
        """Whether these days were counted."""
        return self.scope.whose is None and all(self.known.holds(each.start) for each in periods)

    def did(self, periods: Sequence[Period]) -> Subquery:
        """What everybody did on each of these days."""
        if self.is_kept(periods):
            row = ActivityDay
            columns = row.day, row.person_id, row.actions, row.answered, row.tried
            return select(*columns).where(within(row.day, periods)).subquery("did")
        return day_activity.counted(or_(false(), *map(day_activity.within, periods)), self.scope.whose).subquery("did")


def happened(source: Source) -> list[Pool]:
    """What happened in each window of the scope, by what it is counted as and team."""
    windows = source.scope.windows
    if not source.is_kept([each for periods in windows for each in periods]):
        return _live(source.scope)
    found: list[Pool] = [Counter() for _ in windows]
    asked = [_summed(number, periods, source.scope) for number, periods in enumerate(windows) if periods]
    for number, measure, team_id, total in db.session.execute(union_all(*asked)):
        found[number][Part(measure, team_id)] = int(total)
    return found


def _summed(number: int, periods: Sequence[Period], scope: Scope) -> Select[int, str, int, float]:
    """Of one window; by team only where teams are asked for, because groups are what it costs."""
    row, by_team = FigureDay, scope.teams is not None
    team = row.team_id if by_team else literal(NO_TEAM)
    parts = (row.measure, row.team_id) if by_team else (row.measure,)
    query = select(literal(number), row.measure, team, func.sum(row.number))
    return query.where(within(row.day, periods), ~IS_STANDING).group_by(*parts)


def _live(scope: Scope) -> list[Pool]:
    """Counted at once for all windows: a day can be in two of them."""
    periods = [each for window in scope.windows for each in window]
    found: list[Pool] = [Counter() for _ in scope.windows]
    for key, number in events(Of(periods, scope.zone, scope.now, scope.whose)).items():
        for window, days in zip(found, scope.windows, strict=True):
            if any(key.day in each for each in days):
                window[Part(key.measure, key.team_id)] += number
    return found


def standing(source: Source, waiting: Pool, sundays: Sequence[date] = ()) -> Mapping[date, Pool]:
    """How the pool stood at the end of each window, as far as it is known, and on some Sundays.

    What ended before today is told of its last Sunday, however it is counted, so that it is the same figure whether
    days are kept or not. `waiting`: who waits for our word now, by team.
    """
    scope, days = source.scope, last_days(source.scope)
    evenings = {day: evening(day, scope.today) for day in [*days, *sundays]}
    kept = _kept(source, set(evenings.values()))
    found = {day: kept[each] for day, each in evenings.items() if each in kept}
    in_pauses = {each.end - clock.DAY for each in scope.pauses}  # known only where days are kept
    for day in days:
        if day not in found:
            is_known = day not in in_pauses and (source.known.first is None or evenings[day] >= source.known.first)
            found[day] = _stood(scope, evenings[day], waiting) if is_known else Counter()
    return found


def evening(day: date, today: date) -> date:
    """On the end of which day it is told how the pool stood on this one: today, or the last Sunday."""
    return day if day == today else day - clock.DAY * ((day.weekday() + 1) % 7)


def last_days(scope: Scope) -> list[date]:
    """Of the period, of the one before it, and of the last pause."""
    return [periods[-1].end - clock.DAY for periods in scope.windows if periods]


def _kept(source: Source, days: Collection[date]) -> Mapping[date, Pool]:
    """On each of these days, or on the nearest in the week before when the jobs stood still; today only as today."""
    today = source.scope.today
    periods = {day: Period(day if day == today else day - A_WEEK, day + clock.DAY) for day in days}
    if not source.is_kept(list(periods.values())):
        return {}
    row = FigureDay
    only_today = or_(row.day == today, ~row.measure.startswith("reached:"))
    query = select(row.day, row.measure, row.team_id, row.number)
    stood: dict[date, Pool] = defaultdict(Counter)
    for day, measure, team_id, number in db.session.execute(
        query.where(within(row.day, [*periods.values()]), IS_STANDING, only_today)
    ):
        stood[day][Part(measure, team_id)] = int(number)
    nearest = {day: max((each for each in stood if each in near), default=None) for day, near in periods.items()}
    return {day: stood[each] for day, each in nearest.items() if each}


def _stood(scope: Scope, day: date, waiting: Pool) -> Pool:
    if day == scope.today:
        now = day_pool.pool_now(scope.now, scope.whose) + day_pool.reached(scope.now, scope.whose)
        return now + waiting + Counter({Part(SEEN, NO_TEAM): 1})
    return day_pool.pool_at(clock.midnight(day + clock.DAY, scope.zone) - datetime.resolution, scope.whose)


def of_days(source: Source, periods: Sequence[Period]) -> list[tuple[date, int, int, int]]:
    """On each day: all actions of these teams, with an answer, and tried without one."""
    did = source.did(periods)
    query = select(did.c.day, func.sum(did.c.actions), func.sum(did.c.answered), func.sum(did.c.tried))
    if source.scope.teams is not None:
        query = query.join(Person, Person.id == did.c.person_id).where(*of_teams(source.scope.teams))
    return [(day, int(a), int(b), int(c)) for day, a, b, c in db.session.execute(query.group_by(did.c.day))]


def within(column: Any, periods: Sequence[Period]) -> ColumnElement[bool]:  # noqa: ANN401 - a column of days
    """Of a day: in one of these periods."""
    return or_(false(), *(and_(column >= each.start, column < each.end) for each in periods))
