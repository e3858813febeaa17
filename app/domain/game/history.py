"""Boards as they were: totals and places computed from the ledger itself, for a moment or a day that is past."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal, select

from app.clock import Period, local_day
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import best_days
from app.domain.game.best_days import Counted
from app.domain.game.board_start import Board, average_of
from app.domain.game.excerpt import Line
from app.domain.game.fairness import HUNDREDTHS, UNWEIGHED, Weight, head_start, person_score, team_score, tie_key
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recount import summed, totals
from app.domain.game.running_total import PERIODS, Standing
from app.domain.game.standings import Row, standings

Scope = Literal["person", "team"]
SUMS = ("points", "actions", "helped", "verified")


class Weighed(NamedTuple):
    """What somebody is weighed by on a board, as it is known now."""

    weight: Weight = UNWEIGHED
    hidden: bool = False
    worked_days: int = 0


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
    if scope == "person":
        weights = _of_then(Board(program_id, period, dates), found, weights, *conditions)
    board = standings(_row(scope, row, weights.get(row.subject, Weighed())) for row in found.values())
    return [
        Line(placed, row.name, int(row.actions), int(row.verified))
        for placed in board
        for row in [found[int(placed.person_id)]]
    ]


def _of_then(
    board: Board, found: Mapping[int, Any], weights: Mapping[int, Weighed], *conditions: ColumnElement[bool]
) -> Mapping[int, Weighed]:
    """Of whoever has worked on more days than they are weighed by, the best days of then count."""
    weighed = {each: had for each, had in weights.items() if each in found and had.weight != UNWEIGHED}
    beyond = {each: Counted(int(found[each].points), had.worked_days) for each, had in weighed.items()}
    days = {each: had.weight.available_days for each, had in weighed.items()}
    less = best_days.left_out(board, beyond, days, *conditions)
    start = head_start(average_of(board)) if less else 0
    return {**weights, **{each: _from(weighed[each], start - HUNDREDTHS * out) for each, out in less.items()}}


def _from(had: Weighed, start: int) -> Weighed:
    return had._replace(weight=had.weight._replace(head_start=start))


def _row(scope: Scope, row: Any, weighed: Weighed) -> Row:  # noqa: ANN401 - a row of sums
    weight, hidden, _ = weighed
    points, actions, helped, verified = (int(getattr(row, name)) for name in SUMS)
    score = person_score(points, weight, hidden=hidden) if scope == "person" else team_score(points, weight)
    return Row(row.subject, score, tie_key(helped, weight.available_days, verified, actions), points, helped, weight)


def _weights(program_id: int, scope: Scope, period: str, start: date) -> Mapping[int, Weighed]:
    """A team's points of days that do not count now are taken from none of its days that are past."""
    head = Standing.head_start if scope == "person" else literal(0)
    columns = (Standing.standard_days, Standing.available_days, head, Standing.hidden, Standing.worked_days)
    rows = select(Standing.subject_id, *columns).where(
        Standing.program_id == program_id,
        Standing.scope == scope,
        Standing.period == period,
        Standing.period_start == start,
    )
    return {each: Weighed(Weight(*days), hidden, worked) for each, *days, hidden, worked in db.session.execute(rows)}
