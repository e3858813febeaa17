"""The follow-up blocks of teams, week by week: how many were kept of those that there were."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person


class Kept(NamedTuple):
    """How many kept their block of those who had one."""

    kept: int = 0
    blocks: int = 0

    @property
    def percent(self) -> int | None:
        return self.kept * 100 // self.blocks if self.blocks else None


Attendance = Mapping[tuple[int, date], Kept]


def attendance(weeks: ColumnElement[bool]) -> Attendance:
    """By team and Monday, of the weeks that are settled; who was excused had no block."""
    query = (
        select(Person.team_id, BlockWeek.week, BlockWeek.state, func.count())
        .join(Person, Person.id == BlockWeek.person_id)
        .where(weeks, BlockWeek.state != WeekState.EXCUSED)
        .group_by(Person.team_id, BlockWeek.week, BlockWeek.state)
    )
    found: dict[tuple[int, date], Kept] = defaultdict(Kept)
    for team_id, week, state, count in db.session.execute(query):
        had = found[team_id or 0, week]
        found[team_id or 0, week] = Kept(had.kept + count * (state == WeekState.KEPT), had.blocks + count)
    return found
