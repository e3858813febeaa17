"""What people are weighed by: their own days; of whoever worked on more of them the best count, as many as theirs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from app.clock import Period
from app.db import db
from app.domain.game import availability, fairness
from app.domain.game.board_start import Board
from app.domain.game.fairness import HUNDREDTHS, UNWEIGHED, Weight
from app.domain.game.ledger_entry import BY_HAND, EARN, LedgerEntry
from app.domain.game.running_total import ALL_TIME
from app.domain.program import season

MANY = 500
ByDay = Mapping[date, int]


class Counted(NamedTuple):
    """What somebody has on a board: points, and the days on which they logged anything, taken back or not."""

    points: int
    worked_days: int


def weights(board: Board, counted: Mapping[int, Counted], average: int) -> dict[int, Weight]:
    """What each of these people is weighed by on a board, of which an available day is worth this average."""
    standard = standard_days(board)
    if board.dates == ALL_TIME or standard == 0:
        return dict.fromkeys(counted, UNWEIGHED)
    agreed = availability.contract_days(counted.keys(), board.dates)
    days = {each: fairness.own_days(agreed[each], had.worked_days) for each, had in counted.items()}
    less = left_out(board, counted, days)
    start = fairness.head_start(average)
    return {each: Weight(standard, days[each], start - HUNDREDTHS * less.get(each, 0)) for each in counted}


def standard_days(board: Board) -> int:
    """Those of somebody full-time; none in a week in which nobody works."""
    return UNWEIGHED.standard_days if board.dates == ALL_TIME else availability.standard_days(board.dates)


def left_out(
    board: Board, counted: Mapping[int, Counted], days: Mapping[int, int], *only: ColumnElement[bool]
) -> dict[int, int]:
    """The points of their lowest days, of those who worked on more days than they are weighed by."""
    beyond = [each for each, had in counted.items() if had.worked_days > days[each]]
    if not beyond:
        return {}
    found = points_by_day(beyond, board, *only)
    return {each: fairness.left_out(counted[each].points, found[each].values(), days[each]) for each in beyond}


def before_today_counts(board: Board, person_id: int, days: int, today: date) -> int:
    """The points that today must bring before they are among the best days of somebody who worked on all of theirs."""
    by_day = points_by_day([person_id], board).get(person_id, {})
    return fairness.before_it_counts(by_day, days, today)


def points_by_day(people: Collection[int], board: Board, *only: ColumnElement[bool]) -> Mapping[int, ByDay]:
    """What every day brought on which they logged anything; what was given or taken by hand belongs to no day."""
    earned = func.sum(case((LedgerEntry.kind == EARN, 1), else_=0)) > 0
    rows = select(LedgerEntry.person_id, LedgerEntry.local_date, func.sum(LedgerEntry.points)).where(
        LedgerEntry.program_id == board.program_id,
        LedgerEntry.source_kind != BY_HAND,
        *_inside(board.dates),
        *_in_time(board),
        *only,
    )
    if len(people) <= MANY:
        rows = rows.where(LedgerEntry.person_id.in_(people))
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for person_id, day, points in db.session.execute(
        rows.group_by(LedgerEntry.person_id, LedgerEntry.local_date).having(earned)
    ):
        found[person_id or 0][day] = int(points)
    return found


def _inside(dates: Period) -> tuple[ColumnElement[bool], ...]:
    return LedgerEntry.local_date >= dates.start, LedgerEntry.local_date < dates.end


def _in_time(board: Board) -> tuple[ColumnElement[bool], ...]:
    """A season takes nothing that was recorded after it closed."""
    span = season.span_of(board.program_id, board.dates.start) if board.period == "season" else None
    return (LedgerEntry.recorded_at < span.closes_at,) if span else ()
