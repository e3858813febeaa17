"""What the ledger says of every board: the sums of its rows, from which standings can be made anew."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, SQLColumnExpression, and_, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from app.db import is_sqlite
from app.domain.game.ledger_entry import BONUS, EARN, PROOF, REVERSAL, LedgerEntry
from app.domain.game.running_total import ALL_TIME, SUBJECTS
from app.domain.program.season import Span

ORIGINAL = aliased(LedgerEntry)


def totals(*keys: SQLColumnExpression[Any], before: datetime | None = None) -> Select[Any]:
    """Points, actions that stand and those with proof, per combination of `keys` and candidate.

    A row that takes another back is dated as it, so it counts against it wherever that one counts.
    `before`: only what was recorded by then, what was taken back included.
    """
    rows = (
        select(*keys, LedgerEntry.candidate_id, *counted())
        .outerjoin(ORIGINAL, LedgerEntry.reverses_id == ORIGINAL.id)
        .group_by(*keys, LedgerEntry.candidate_id)
    )
    return rows.where(LedgerEntry.recorded_at < before) if before else rows


def counted() -> tuple[ColumnElement[Any], ...]:
    """Points, actions, those with proof and the newest row, of rows that are joined with what they take back."""
    earned, taken_back = (times(table.kind == EARN) for table in (LedgerEntry, ORIGINAL))
    proven, disproven = (times((table.kind == BONUS) & (table.reason == PROOF)) for table in (LedgerEntry, ORIGINAL))
    return (
        func.sum(LedgerEntry.points).label("points"),
        func.sum(earned - taken_back).label("actions"),
        func.sum(proven - disproven).label("verified"),
        func.max(case((LedgerEntry.kind != REVERSAL, LedgerEntry.id))).label("newest"),
    )


def times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def summed(per_candidate: Select[Any], *names: str) -> Select[Any]:
    """The sums of `totals` over candidates, by the keys named."""
    rows = per_candidate.subquery()
    helped = case((rows.c.candidate_id.is_not(None) & (rows.c.points > 0), 1), else_=0)
    keys = [rows.c[name] for name in names]
    return select(
        *keys,
        func.sum(rows.c.points).label("points"),
        func.sum(rows.c.actions).label("actions"),
        func.sum(helped).label("helped"),
        func.sum(rows.c.verified).label("verified"),
        func.max(rows.c.newest).label("newest"),
    ).group_by(*keys)


def sums(scope: str, period: str, span: Span | None = None) -> Select[Any]:
    """Program, subject and start of every board of a kind with all that is counted on it; of a season its `span`."""
    subject: ColumnElement[Any] = getattr(LedgerEntry, SUBJECTS[scope])
    names = ("program_id", "subject", "start")
    start = literal(span.dates.start, Date) if span else start_of(period, LedgerEntry.local_date)
    keys = (LedgerEntry.program_id, subject.label("subject"), start.label("start"))
    inside: list[ColumnElement[bool]] = [subject.is_not(None)]
    if span:
        inside += [LedgerEntry.local_date >= span.dates.start, LedgerEntry.local_date < span.dates.end]
    before = span.closes_at if span else None
    found = summed(totals(*keys, before=before).where(*inside), *names).subquery()
    columns = [found.c[name] for name in (*names, "points", "actions", "helped", "verified")]
    newest = select(*columns, LedgerEntry.team_id).join(LedgerEntry, LedgerEntry.id == found.c.newest)
    if scope == "team" or period == "all":
        return newest.add_columns(literal(0).label("worked_days"))
    earned = [LedgerEntry.kind == EARN, *inside, *([LedgerEntry.recorded_at < before] if before else [])]
    days = func.count(LedgerEntry.local_date.distinct()).label("days")
    worked = select(*keys, days).where(*earned).group_by(*keys).subquery()
    same = [worked.c[name] == found.c[name] for name in names]
    return newest.outerjoin(worked, and_(*same)).add_columns(func.coalesce(worked.c.days, 0).label("worked_days"))


def start_of(period: str, on: SQLColumnExpression[date]) -> ColumnElement[date]:
    """The first day of the board that a day is on; SQLite and PostgreSQL have no function in common."""
    if period == "all":
        return literal(ALL_TIME.start, Date)
    if not is_sqlite():
        return cast(func.date_trunc(period, on), Date)
    modifiers = ("weekday 0", "-6 days") if period == "week" else ("start of month",)
    return func.date(on, *modifiers, type_=Date)


def day(start: date | str) -> date:
    """A start as this engine answers it."""
    return date.fromisoformat(start) if isinstance(start, str) else start
