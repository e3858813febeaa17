"""Movement: how many places everybody shown has risen since Monday, on a board that runs."""

from datetime import date, datetime
from functools import lru_cache

from app import clock
from app.db import db
from app.domain.game.history import Scope, places_before
from app.domain.game.leaderboard import Board

KEPT_SECONDS = 300
COMPARED = ("week", "month", "season")


def moved_since(board: Board, today: date) -> date | None:
    """The first day whose points count as movement: this Monday, and in the board of a week the day after it.

    None when there is nothing to compare with: on the first days, on a board of the past, and inside one team.
    """
    key = board.key
    inside = key.team_id is not None or key.branch_id is not None
    if inside or not board.compared or key.period not in COMPARED or today not in board.dates:
        return None
    monday = clock.week_of(today).start
    since = monday if monday > board.dates.start else monday + clock.DAY
    return since if board.dates.start < since <= today else None


def risen(board: Board, since: date, now: datetime) -> dict[int, int]:
    """How many places everybody shown has risen since the start of a day; who had no place then is left out.

    The places of then are asked for once in five minutes: they change only by what is recorded late.
    """
    key, turn = board.key, int(now.timestamp()) // KEPT_SECONDS
    scope: Scope = "team" if board.scope == "team" else "person"
    then = places_then(str(db.engine.engine.url), turn, key.program_id, scope, key.start, since, key.period)
    return {
        row.subject_id: then[row.subject_id] - row.place
        for row in board.rows
        if row.place is not None and row.subject_id in then
    }


@lru_cache(maxsize=32)
def places_then(
    _database: str, _turn: int, program_id: int, scope: Scope, start: date, since: date, period: str
) -> dict[int, int]:
    """The places at the end of the day before."""
    return places_before(program_id, scope, start, since, period)
