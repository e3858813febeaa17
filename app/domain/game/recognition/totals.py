"""Somebody's own points as their profile shows them: this week's, those of the season, those of a lifetime."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from app import clock
from app.db import db
from app.domain.game.running_total import ALL_TIME, Standing
from app.domain.program import season


class Totals(NamedTuple):
    """`season` None: there is no season on this day."""

    week: int
    season: int | None
    lifetime: int


def totals_of(program_id: int, person_id: int, today: date) -> Totals:
    """The points on the boards of a day."""
    span = season.span_of(program_id, today)
    starts = {"week": clock.week_of(today).start, "all": ALL_TIME.start}
    if span:
        starts["season"] = span.dates.start
    boards = or_(*(and_(Standing.period == name, Standing.period_start == first) for name, first in starts.items()))
    mine = Standing.program_id == program_id, Standing.scope == "person", Standing.subject_id == person_id
    rows = db.session.execute(select(Standing.period, Standing.points).where(*mine, boards))
    points = {row.period: row.points for row in rows}
    return Totals(points.get("week", 0), points.get("season", 0) if span else None, points.get("all", 0))
