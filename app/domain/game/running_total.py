"""Standings: the running total of every person and team on every board, moved together with the ledger."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import Period, month_of, week_of
from app.db import Base
from app.domain.program import season
from app.domain.program.program import the_program

ALL_TIME = Period(date(1970, 1, 1), date.max)
SUBJECTS = {"person": "person_id", "team": "team_id"}


class Standing(Base):
    """A board is (program, scope, period kind, period start); `subject_id` is a person or a team by `scope`.

    `helped` is the number of distinct candidates with points, `verified` that of actions with proof; `sort_key` is the
    fair score in hundredths, by which the board is ordered (0: not on it), and `tie_key` orders equals. `head_start`
    is what everybody begins with, in hundredths of a point; `team_id` is the team in which the subject last earned
    something on this board. A `hidden` subject has chosen not to be compared.

    `worked_days` counts the days on which a person logged anything, taken back or not: of more than `available_days`
    the best count, and from `head_start` is taken what the others brought. `standard_days` 0: what it is weighed by is
    to be found yet.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index(
            "ix_standing_board", "program_id", "scope", "period", "period_start", "sort_key", "tie_key", "subject_id"
        ),
        Index(
            "ix_standing_team",
            *("program_id", "scope", "period", "period_start", "team_id", "sort_key", "tie_key", "subject_id"),
        ),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(6), primary_key=True)
    period: Mapped[str] = mapped_column(String(6), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    points: Mapped[int] = mapped_column(default=0)
    actions: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=0)
    worked_days: Mapped[int] = mapped_column(default=0)
    standard_days: Mapped[int] = mapped_column(default=0)
    available_days: Mapped[int] = mapped_column(default=0)
    head_start: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
    sort_key: Mapped[int] = mapped_column(BigInteger, default=0)
    tie_key: Mapped[int] = mapped_column(BigInteger, default=0)


def _season_of(day: date) -> Period:
    """The season that a day is in; between two seasons a period without days."""
    program = the_program()
    span = season.span_of(program.id, day) if program else None
    return span.dates if span else Period(day, day)


PERIODS: dict[str, Callable[[date], Period]] = {
    "week": week_of,
    "month": month_of,
    "season": _season_of,
    "all": lambda _day: ALL_TIME,
}


def period_from(kind: str, start: date) -> Period | None:
    """The period of a board that began on a day; None when no such board begins then."""
    found = PERIODS[kind](start)
    return found if found.start == start and found.end > start else None
