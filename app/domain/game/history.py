"""Boards as they were: totals and places computed from the ledger itself, for a moment or a day that is past."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from app.clock import Period, local_day
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game.excerpt import Line
from app.domain.game.fairness import UNWEIGHED, Weight, person_score, team_score, tie_key
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recount import summed, totals
from app.domain.game.running_total import PERIODS, Standing
from app.domain.game.standings import Row, standings

Scope = Literal["person", "team"]
SUMS = ("points", "actions", "helped", "verified")


def board_at(program_id: int, period: str, moment: datetime, zone: ZoneInfo) -> list[Line]:
    """Everybody on the board that a moment is in, counting what had occurred by then; weighed as it is known now."""
    dates = PERIODS[period](local_day(moment, zone))
    return _board(program_id, "person", period, dates, LedgerEntry.occurred_at <= moment)


def places_before(program_id: int, scope: Scope, start: date, day: date, period: str = "week") -> dict[int, int]:
    """The place that each person or team had at the end of the day before `day`, on the board that began at `start`."""
    lines = _board(program_id, scope, period, Period(start, day))
    return {int(line.placed.person_id): line.placed.place for line in lines if line.placed.place}


def _board(program_id: int, scope: Scope, period: str, dates: Period, *conditions: ColumnElement[bool]) -> list[Line]:
    subject, table = (LedgerEntry.person_id, Person) if scope == "person" else (LedgerEntry.team_id, Team)
    inside = (
        LedgerEntry.program_id == program_id,
        LedgerEntry.local_date >= dates.start,
        LedgerEntry.local_date < dates.end,
    )
    sums = summed(totals(subject.label("subject")).where(*inside, *conditions), "subject").subquery()
    named = select(sums, table.name).join(table, table.id == sums.c.subject)
    found = {row.subject: row for row in db.session.execute(named)}
    weights = _weights(program_id, scope, period, dates.start)
    board = standings(_row(scope, row, *weights.get(row.subject, (UNWEIGHED, False))) for row in found.values())
    return [
        Line(placed, row.name, int(row.actions), int(row.verified))
        for placed in board
        for row in [found[int(placed.person_id)]]
    ]


def _row(scope: Scope, row: Any, weight: Weight, hidden: bool) -> Row:  # noqa: ANN401, FBT001 - a row of sums, and its choice
    points, actions, helped, verified = (int(getattr(row, name)) for name in SUMS)
    score = person_score(points, weight, hidden=hidden) if scope == "person" else team_score(points, weight)
    return Row(row.subject, score, tie_key(helped, weight.available_days, verified, actions), points, helped, weight)


def _weights(program_id: int, scope: Scope, period: str, start: date) -> Mapping[int, tuple[Weight, bool]]:
    columns = (Standing.standard_days, Standing.available_days, Standing.head_start, Standing.hidden)
    rows = select(Standing.subject_id, *columns).where(
        Standing.program_id == program_id,
        Standing.scope == scope,
        Standing.period == period,
        Standing.period_start == start,
    )
    return {each: (Weight(*days), hidden) for each, *days, hidden in db.session.execute(rows)}
