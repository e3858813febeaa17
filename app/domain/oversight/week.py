"""Actions per ISO week: what people did, by whether the candidate took part."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.oversight.adoption import week_earlier
from app.domain.oversight.contact import ANSWERED
from app.domain.oversight.tally import tally
from app.domain.program.action_kind import ActionKind

WEEKS = 12


class WeekFigures(NamedTuple):
    """`answered`: two-way contacts; `other`: everything else that was logged and not undone."""

    monday: date
    answered: int
    other: int

    @property
    def actions(self) -> int:
        return self.answered + self.other


class Weeks(NamedTuple):
    """Oldest first, the running one last; `answered_before`: in last week up to the same hour."""

    rows: list[WeekFigures]
    answered_before: int

    @property
    def change(self) -> int:
        return self.rows[-1].answered - self.answered_before


def last_weeks(now: datetime, zone: ZoneInfo) -> Weeks:
    """The last twelve weeks with the running one; what systems did is not counted."""
    this = clock.week_of(clock.local_day(now, zone)).start
    mondays = [this - clock.WEEK * back for back in range(WEEKS - 1, -1, -1)]
    found = {monday: [0, 0, 0] for monday in mondays}
    for day, *counts in _by_day(mondays[0], now, week_earlier(now, zone)):
        week = found[clock.week_of(day).start]
        week[:] = [sum(pair) for pair in zip(week, counts, strict=True)]
    rows = [WeekFigures(monday, answered, whole - answered) for monday, (answered, whole, _) in found.items()]
    return Weeks(rows, found[this - clock.WEEK][2])


def _by_day(first: date, now: datetime, earlier: datetime) -> list[tuple[date, int, int, int]]:
    until_earlier = and_(ANSWERED, EngagementAction.occurred_at <= earlier)
    query = (
        select(
            EngagementAction.local_date,
            tally(ANSWERED),
            func.count(),
            tally(until_earlier),
        )
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .where(
            EngagementAction.local_date >= first,
            EngagementAction.occurred_at <= now,
            EngagementAction.person_id.is_not(None),
            EngagementAction.undone_at.is_(None),
        )
        .group_by(EngagementAction.local_date)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]
