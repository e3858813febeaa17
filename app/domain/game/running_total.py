"""Standings: the running total of every person and team on every board, moved together with the ledger."""

from datetime import date

from sqlalchemy import BigInteger, Connection, Date, ForeignKey, Index, Integer, String, TextClause, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import month_of, week_of
from app.db import Base

PERIODS = {"week": week_of, "month": month_of}
SUBJECTS = {"person": "person_id", "team": "team_id"}


class Standing(Base):
    """A board is (program, scope, period kind, period start); `subject_id` is a person or a team by `scope`.

    `helped` is the number of distinct candidates with points, `verified` that of actions with proof; `sort_key` is the
    fair score in hundredths, by which the board is ordered (0: not on it), and `tie_key` orders equals. `head_start`
    is what everybody begins with, in hundredths of a point; `team_id` is the team in which the subject last earned
    something on this board. A `hidden` subject has chosen not to be compared.
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
    standard_days: Mapped[int] = mapped_column(default=0)
    available_days: Mapped[int] = mapped_column(default=0)
    head_start: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
    sort_key: Mapped[int] = mapped_column(default=0)
    tie_key: Mapped[int] = mapped_column(BigInteger, default=0)


def move(
    connection: Connection,
    *,
    program_id: int,
    person_id: int,
    team_id: int | None,
    candidate_id: int | None,
    local_date: date,
    points: int,
    actions: int,
    reversal: bool = False,
) -> None:
    """Add one ledger row, already written, to every board that it counts on, in one statement.

    Whether it changes who was helped depends on the candidate's other rows: the caller holds the candidate's lock.
    """
    facts = {"program": program_id, "person": person_id, "team": team_id, "candidate": candidate_id}
    connection.execute(
        MOVE_BACK if reversal else MOVE,
        facts | {"points": points, "actions": actions} | _periods_of(local_date),
    )


def _periods_of(day: date) -> dict[str, date]:
    week, month = week_of(day), month_of(day)
    return {
        "week": week.start,
        "week_end": week.end,
        "month": month.start,
        "month_end": month.end,
        "first": min(week.start, month.start),
        "last": max(week.end, month.end),
    }


def _statement(*, team_moves: bool) -> TextClause:
    """One multi-row upsert; `net` holds the candidate's points with the person and the team in each period."""
    boards = [(scope, period) for scope in SUBJECTS for period in PERIODS]
    nets = ", ".join(
        f"sum(CASE WHEN {SUBJECTS[scope]} = :{scope} AND local_date >= :{period} AND local_date < :{period}_end"
        f" THEN points END) AS {scope}_{period}"
        for scope, period in boards
    )
    rows = " UNION ALL ".join(
        f"SELECT :program, '{scope}', '{period}', :{period}, :{scope}, :team, :points, :actions,"  # noqa: S608 - names are ours
        f" CASE WHEN {scope}_{period} > 0 THEN 1 ELSE 0 END"
        f" - CASE WHEN {scope}_{period} - :points > 0 THEN 1 ELSE 0 END,"
        f" :points FROM net WHERE :{scope} IS NOT NULL"
        for scope, period in boards
    )
    moved = ("points", "actions", "helped", "sort_key", *(["team_id"] if team_moves else []))
    changes = ", ".join(
        f"{name} = excluded.{name}" if name == "team_id" else f"{name} = standing.{name} + excluded.{name}"
        for name in moved
    )
    statement = text(
        f"WITH net AS (SELECT {nets} FROM ledger_entry WHERE candidate_id = :candidate"  # noqa: S608 - names are ours
        " AND local_date >= :first AND local_date < :last AND program_id = :program)"
        " INSERT INTO standing"
        " (program_id, scope, period, period_start, subject_id, team_id, points, actions, helped, sort_key)"
        f" {rows} ON CONFLICT (program_id, scope, period, period_start, subject_id) DO UPDATE SET {changes}"
    )
    numbers = ("program", "person", "team", "candidate", "points", "actions")
    days = ("week", "week_end", "month", "month_end", "first", "last")
    types = [bindparam(name, type_=Integer) for name in numbers] + [bindparam(name, type_=Date) for name in days]
    return statement.bindparams(*types)


MOVE = _statement(team_moves=True)
MOVE_BACK = _statement(team_moves=False)
