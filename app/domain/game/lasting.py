"""What the ledger says of the boards of every week, every month and all time, from one sum over each day."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from app.domain.game.ledger_entry import EARN, REVERSAL, LedgerEntry
from app.domain.game.recount import ORIGINAL, counted, start_of, times
from app.domain.game.running_total import SUBJECTS

PERIODS = ("week", "month", "all")
SUMS = ("points", "actions", "verified")
KEYS = ("program_id", "subject", "local_date")
BACK = aliased(LedgerEntry)


def boards(scope: str) -> Select[Any]:
    """As `recount.sums` of a scope for all these periods at once, in a time that hardly grows with their number.

    The two agree because nothing but a row that takes another back has fewer points than none for a candidate, and it
    is dated as that one: the doctor compares them.
    """
    subject: ColumnElement[Any] = getattr(LedgerEntry, SUBJECTS[scope])
    days = union_all(_daily(subject), _helped(subject)).cte("days")
    columns: dict[str, ColumnElement[Any]] = {column.name: column for column in days.c}
    rows = union_all(*(_board(scope, period, columns) for period in PERIODS)).subquery()
    return select(*(column for column in rows.c if column.name != "newest"), LedgerEntry.team_id).join(
        LedgerEntry, LedgerEntry.id == rows.c.newest
    )


def _board(scope: str, period: str, day: dict[str, ColumnElement[Any]]) -> Select[Any]:
    start = start_of(period, day["local_date"])
    worked = func.sum(day["worked"]) if scope == "person" and period != "all" else literal(0)
    return select(
        day["program_id"],
        day["subject"],
        literal(period).label("period"),
        start.label("start"),
        *(func.sum(day[name]).label(name) for name in SUMS),
        func.sum(day[period]).label("helped"),
        worked.label("worked_days"),
        func.max(day["newest"]).label("newest"),
    ).group_by(day["program_id"], day["subject"], start)


def _daily(subject: ColumnElement[Any]) -> Select[Any]:
    """What each day brought, whomever it was for."""
    keys = LedgerEntry.program_id, subject.label("subject"), LedgerEntry.local_date
    worked = func.max(times(LedgerEntry.kind == EARN)).label("worked")
    return (
        select(*keys, *counted(), worked, *(literal(0).label(period) for period in PERIODS))
        .outerjoin(ORIGINAL, LedgerEntry.reverses_id == ORIGINAL.id)
        .where(subject.is_not(None))
        .group_by(*keys)
    )


def _helped(subject: ColumnElement[Any]) -> Select[Any]:
    """How many candidates each day brought who had not been helped before in the same period."""
    before = func.lag(LedgerEntry.local_date).over(
        partition_by=(LedgerEntry.program_id, subject, LedgerEntry.candidate_id), order_by=LedgerEntry.local_date
    )
    rows = (
        select(LedgerEntry.program_id, subject.label("subject"), LedgerEntry.local_date, before.label("before"))
        .outerjoin(BACK, BACK.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.points > 0, LedgerEntry.kind != REVERSAL, BACK.id.is_(None))
        .where(subject.is_not(None), LedgerEntry.candidate_id.is_not(None))
        .subquery()
    )
    keys = [rows.c[name] for name in KEYS]
    new = (
        func.sum(times(rows.c.before.is_(None) | (rows.c.before < start_of(period, rows.c.local_date)))).label(period)
        for period in PERIODS
    )
    nothing = (literal(0).label(name) for name in SUMS)
    return select(*keys, *nothing, null().label("newest"), literal(0).label("worked"), *new).group_by(*keys)
