"""One's own best week: more points than in any week of the year before it."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from app import clock
from app.db import db
from app.domain.game.running_total import Standing

LOOKED_BACK = 52
FEWEST = 4
"""So many weeks with points before it make a week comparable."""


def is_record(program_id: int, person_id: int, week: date) -> bool:
    """Whether the week that begins on a Monday was somebody's best."""
    points, best = points_of(program_id, person_id, week), best_before(program_id, person_id, week)
    return best is not None and points > best


def best_before(program_id: int, person_id: int, week: date) -> int | None:
    """The points of the best week before one; None when there were too few to compare with."""
    mondays = [week - clock.WEEK * number for number in range(1, LOOKED_BACK + 1)]
    mine = _of(program_id, person_id), Standing.period_start.in_(mondays), Standing.points > 0
    best, weeks = db.session.execute(select(func.max(Standing.points), func.count()).where(*mine)).one()
    return best if weeks >= FEWEST else None


def points_of(program_id: int, person_id: int, week: date) -> int:
    """Somebody's points in a week."""
    mine = _of(program_id, person_id), Standing.period_start == week
    return db.session.scalar(select(Standing.points).where(*mine)) or 0


def _of(program_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(
        Standing.program_id == program_id,
        Standing.scope == "person",
        Standing.period == "week",
        Standing.subject_id == person_id,
    )
