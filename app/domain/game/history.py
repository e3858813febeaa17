"""Boards as they were: totals and places computed from the ledger itself, for a moment or a day that is past."""

from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, func, select
from sqlalchemy.orm import aliased

from app.clock import Period, local_day
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game.excerpt import Line
from app.domain.game.ledger import EARN, LedgerEntry
from app.domain.game.running_total import PERIODS
from app.domain.game.standings import Row, standings

Scope = Literal["person", "team"]
BACK = aliased(LedgerEntry)


def board_at(program_id: int, period: str, moment: datetime, zone: ZoneInfo) -> list[Line]:
    """Everybody on the board of the week or month that a moment is in, counting what had occurred by then."""
    dates = PERIODS[period](local_day(moment, zone))
    return _board(program_id, "person", dates, LedgerEntry.occurred_at <= moment)


def places_before(program_id: int, scope: Scope, start: date, day: date) -> dict[int, int]:
    """The place that each person or team had at the end of the day before `day`, on the board that began at `start`."""
    lines = _board(program_id, scope, Period(start, day))
    return {int(line.placed.person_id): line.placed.place for line in lines if line.placed.place}


def totals(*keys: SQLColumnExpression[Any]) -> Select[Any]:
    """The ledger's points and the actions that stand, per combination of `keys` and candidate."""
    stands = case(((LedgerEntry.kind == EARN) & BACK.id.is_(None), 1), else_=0)
    net = func.sum(LedgerEntry.points)
    return (
        select(*keys, LedgerEntry.candidate_id, net.label("points"), func.sum(stands).label("actions"))
        .outerjoin(BACK, BACK.reverses_id == LedgerEntry.id)
        .group_by(*keys, LedgerEntry.candidate_id)
    )


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
    ).group_by(*keys)


def _board(program_id: int, scope: Scope, dates: Period, *conditions: ColumnElement[bool]) -> list[Line]:
    subject, table = (LedgerEntry.person_id, Person) if scope == "person" else (LedgerEntry.team_id, Team)
    inside = (
        LedgerEntry.program_id == program_id,
        LedgerEntry.local_date >= dates.start,
        LedgerEntry.local_date < dates.end,
    )
    sums = summed(totals(subject.label("subject")).where(*inside, *conditions), "subject").subquery()
    named = select(sums, table.name).join(table, table.id == sums.c.subject)
    found = {row.subject: row for row in db.session.execute(named)}
    board = standings(Row(row.subject, int(row.points), int(row.helped)) for row in found.values())
    ranked = sum(1 for placed in board if placed.place)
    return [
        Line(placed, found[int(placed.person_id)].name, int(found[int(placed.person_id)].actions), ranked)
        for placed in board
    ]
