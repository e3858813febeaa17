"""What everybody did together in a week, beside the average of the weeks before it."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, union_all

from app import clock
from app.clock import week_of
from app.db import db
from app.domain.game.running_total import Standing
from app.domain.program.program import Program

COMPARED = 8


class Together(NamedTuple):
    """Actions and points of the week; `average` are the actions of an average week, of so many closed `weeks`.

    It is None in the first week, when there is nothing to compare with.
    """

    actions: int
    points: int
    average: int | None
    weeks: int

    @property
    def part(self) -> int:
        """How far on the way to the average, in whole percents; a hundred when there is none to reach."""
        return min(100, 100 * self.actions // self.average) if self.average else 100


def in_week(program: Program, team_id: int | None, today: date) -> Together:
    """Of the week that a day is in, of everybody or of one team."""
    monday = week_of(today).start
    weeks = max(0, min(COMPARED, (monday - week_of(program.started_on).start) // clock.WEEK))
    sums = _sums(program.id, team_id, [monday - clock.WEEK * number for number in range(weeks + 1)])
    actions, points = sums.pop(monday, (0, 0))
    done = sum(actions for actions, _ in sums.values())
    return Together(actions, points, round(done / weeks) if weeks else None, weeks)


def _sums(program_id: int, team_id: int | None, mondays: list[date]) -> dict[date, tuple[int, int]]:
    """Actions and points per week: teams know them, and whoever was in none stands alone."""
    columns = Standing.period_start, Standing.actions, Standing.points
    here = Standing.program_id == program_id, Standing.period == "week", Standing.period_start.in_(mondays)
    teams = select(*columns).where(*here, Standing.scope == "team")
    if team_id is None:
        alone = select(*columns).where(*here, Standing.scope == "person", Standing.team_id.is_(None))
        rows = union_all(teams, alone).subquery()
    else:
        rows = teams.where(Standing.subject_id == team_id).subquery()
    query = select(rows.c.period_start, func.sum(rows.c.actions), func.sum(rows.c.points)).group_by(rows.c.period_start)
    return {week: (int(actions), int(points)) for week, actions, points in db.session.execute(query)}
