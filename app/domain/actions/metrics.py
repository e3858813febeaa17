"""The boards by something else than points: candidates helped, answered contacts, improvement, blocks kept."""

from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, case, func, select

from app.clock import Period, week_of
from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person
from app.domain.game import compared
from app.domain.game.excerpt import BoardKey
from app.domain.game.improvement import by_improvement
from app.domain.game.leaderboard import Board
from app.domain.program.program import Program

PERCENT = 100 * 100


class For(TypedDict):
    """Who looks, at how much of it, in which language."""

    viewer: Person
    everyone: bool
    language: str | None


def board_by(metric: str, program: Program, key: BoardKey, dates: Period, **whom: Unpack[For]) -> Board:
    """The board of a metric: helped, answered, improvement or kept."""
    values = {
        "helped": lambda: compared.by_helped(key),
        "answered": lambda: compared.by_answered(key, dates),
        "improvement": lambda: by_improvement(key),
        "kept": lambda: by_kept(key, dates),
    }[metric]()
    return compared.board_by(values, program, key, dates, **whom)


def by_kept(key: BoardKey, dates: Period) -> dict[int, int]:
    """The share of the settled weeks with a block in which it was kept, in hundredths of a percent.

    A week belongs to the period in which it begins; a week off is no missed one.
    """
    here = {row.person_id for row in compared.weighed(key)}
    kept = func.sum(case((BlockWeek.state == WeekState.KEPT, 1), else_=0))
    rows = (
        select(BlockWeek.person_id, kept, func.count())
        .where(*_weeks(dates), BlockWeek.state != WeekState.EXCUSED)
        .group_by(BlockWeek.person_id)
    )
    return {who: PERCENT * int(held) // weeks for who, held, weeks in db.session.execute(rows) if who in here}


def _weeks(dates: Period) -> tuple[ColumnElement[bool], ...]:
    first: date = week_of(dates.start).start
    return BlockWeek.week >= first, BlockWeek.week < dates.end
