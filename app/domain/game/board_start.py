"""The start of a board: what an available day was worth in the weeks before it, frozen while the board runs."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import Period, week_of
from app.db import Base, db
from app.domain.game.fairness import HUNDREDTHS, PRESET_AVERAGE
from app.domain.game.running_total import ALL_TIME, PERIODS, Standing, period_from

WEEKS_BEFORE = timedelta(weeks=8)


class BoardStart(Base):
    """`average` is in hundredths of a point per available day; it comes with the first points on the board."""

    __tablename__ = "board_start"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(6), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    average: Mapped[int]


class Board(NamedTuple):
    """One board of people and of teams: its program, its period kind and its days."""

    program_id: int
    period: str
    dates: Period

    @property
    def key(self) -> dict[str, object]:
        return {"program": self.program_id, "period": self.period, "start": self.dates.start}


def average_of(board: Board) -> int:
    """What an available day is worth on a board; decided when it is asked for first, and never again."""
    if board.dates == ALL_TIME:
        _freeze(board, 0)
        return 0
    held = _held(board)
    if held is None:
        _freeze(board, average_before(board.program_id, board.dates.start))
        held = _held(board)
    return held or 0


def is_started(board: Board) -> bool:
    """Whether anything was ever weighed on a board."""
    return _held(board) is not None


def _held(board: Board) -> int | None:
    return db.session.scalar(
        select(BoardStart.average).where(
            BoardStart.program_id == board.program_id,
            BoardStart.period == board.period,
            BoardStart.period_start == board.dates.start,
        )
    )


def _freeze(board: Board, average: int) -> None:
    row = insert(BoardStart).values(
        program_id=board.program_id, period=board.period, period_start=board.dates.start, average=average
    )
    db.session.execute(row.on_conflict_do_nothing())


def average_before(program_id: int, start: date) -> int:
    """From the last eight weeks that were over; of those who stood on their boards, as it is known now."""
    return averages_before(program_id, [start])[start]


def averages_before(program_id: int, starts: Collection[date]) -> dict[date, int]:
    """The same before each of these days, in one question."""
    until = {start: week_of(start).start for start in starts}
    days = case((Standing.worked_days > Standing.available_days, Standing.worked_days), else_=Standing.available_days)
    sums = select(Standing.period_start, func.sum(Standing.points), func.sum(days)).where(
        Standing.program_id == program_id,
        Standing.scope == "person",
        Standing.period == "week",
        Standing.period_start >= min(until.values()) - WEEKS_BEFORE,
        Standing.period_start < max(until.values()),
    )
    weeks = db.session.execute(sums.group_by(Standing.period_start)).all()
    return {
        start: _average([(points, worked) for week, points, worked in weeks if end - WEEKS_BEFORE <= week < end])
        for start, end in until.items()
    }


def _average(weeks: Collection[tuple[int, int]]) -> int:
    points, worked = sum(int(week[0]) for week in weeks), sum(int(week[1]) for week in weeks)
    return HUNDREDTHS * max(points, 0) // worked if worked else PRESET_AVERAGE


def boards_of(program_id: int, first: date = date.min, last: date = date.max) -> list[Board]:
    """The boards that have begun and touch these days, in a fixed order."""
    rows = select(BoardStart.period, BoardStart.period_start).where(
        BoardStart.program_id == program_id, BoardStart.period.in_(PERIODS), BoardStart.period_start <= last
    )
    found = []
    for period, start in db.session.execute(rows.order_by(BoardStart.period, BoardStart.period_start)):
        dates = period_from(period, start)
        if dates and dates.end > first:
            found.append(Board(program_id, period, dates))
    return found
