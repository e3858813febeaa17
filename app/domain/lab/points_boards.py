"""The boards as they were and as drafted points would have made them: the same days, the same weighing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from app.clock import Period, week_of
from app.db import db
from app.domain.game import best_days, fairness, standings
from app.domain.game.board_start import WEEKS_BEFORE, Board, boards_of
from app.domain.game.fairness import HUNDREDTHS, UNWEIGHED, Weight
from app.domain.game.running_total import Standing
from app.domain.game.standings import Placed, Row

TOP = 20
SHOWN = ("week", "month", "season")
Change = Mapping[tuple[int, date], int]
"""What a draft adds to a person's day."""
ByDay = Mapping[date, Counter[int]]
"""The same by day, and then by person."""


class Weeks(NamedTuple):
    """What the program's weeks brought: the available days of each, and what the draft adds to each."""

    days: Mapping[date, int]
    change: Mapping[date, int]

    def higher(self, start: date) -> int:
        """By how many hundredths an available day before a board was worth more under the draft."""
        monday = week_of(start).start
        before = [each for each in self.days if monday - WEEKS_BEFORE <= each < monday]
        days = sum(self.days[each] for each in before)
        return HUNDREDTHS * sum(self.change.get(each, 0) for each in before) // days if days else 0


class Seat(NamedTuple):
    """A person's row on a board as it is kept."""

    person_id: int
    points: int
    worked_days: int
    weight: Weight
    hidden: bool
    score: int
    tie: int


def compare(program_id: int, dates: Period, today: date, change: Change) -> list[dict[str, Any]]:
    """Every board that lies in these days, the newest first, the longer before the shorter."""
    weeks, by_day = _weeks(program_id, change), _by_day(change)
    inside = [
        each
        for each in boards_of(program_id, dates.start, dates.end)
        if each.period in SHOWN
        and each.dates.start >= dates.start
        and (each.dates.end <= dates.end or today in each.dates)
    ]
    inside.sort(key=lambda each: (SHOWN.index(each.period), each.dates.start), reverse=True)
    return [_board(each, weeks, by_day) for each in inside]


def _board(board: Board, weeks: Weeks, change: ByDay) -> dict[str, Any]:
    seats = _seats(board)
    was = standings.standings(Row(each.person_id, each.score, each.tie, each.points) for each in seats)
    then = standings.standings(_drafted(board, seats, weeks, change))
    first, others = ({each.person_id for each in _top(rows)} for rows in (was, then))
    return {
        "period": board.period,
        "start": board.dates.start.isoformat(),
        "was": [_written(each) for each in _top(was)],
        "then": [_written(each) for each in _top(then)],
        "top": max(len(first), len(others)),
        "stay": len(first & others),
        "same_first": _first(was) == _first(then),
    }


def _top(rows: Sequence[Placed]) -> list[Placed]:
    return [each for each in rows[:TOP] if each.place is not None]


def _first(rows: Sequence[Placed]) -> set[int | str]:
    return {each.person_id for each in rows if each.place == 1}


def _written(row: Placed) -> list[int]:
    return [int(row.person_id), row.place or 0, row.score, row.points]


def _seats(board: Board) -> list[Seat]:
    """Everybody on a board who has anything."""
    facts = Standing.standard_days, Standing.available_days, Standing.head_start
    rows = db.session.execute(
        select(Standing.subject_id, Standing.points, Standing.worked_days, *facts, Standing.hidden)
        .add_columns(Standing.sort_key, Standing.tie_key)
        .where(
            Standing.program_id == board.program_id,
            Standing.scope == "person",
            Standing.period == board.period,
            Standing.period_start == board.dates.start,
        )
    )
    return [
        Seat(who, points, worked, Weight(standard, available, head), hidden, score, tie)
        for who, points, worked, standard, available, head, hidden, score, tie in rows
    ]


def _drafted(board: Board, seats: Sequence[Seat], weeks: Weeks, change: ByDay) -> list[Row]:
    more = Counter[int]()
    for day, brought in change.items():
        if day in board.dates:
            more.update(brought)
    less, higher = _left_out(board, seats, change), fairness.head_start(weeks.higher(board.dates.start))
    found = []
    for seat in seats:
        points, weight = seat.points + more[seat.person_id], seat.weight
        if weight != UNWEIGHED:
            before, after = less.get(seat.person_id, (0, 0))
            weight = weight._replace(head_start=weight.head_start + higher - HUNDREDTHS * (after - before))
        score = fairness.person_score(points, weight, hidden=seat.hidden)
        found.append(Row(seat.person_id, score, seat.tie, points))
    return found


def _left_out(board: Board, seats: Sequence[Seat], change: ByDay) -> dict[int, tuple[int, int]]:
    """What the lowest days brought of those who worked on more days than they are weighed by, before and after."""
    beyond = {seat.person_id: seat for seat in seats if seat.worked_days > seat.weight.available_days}
    if not beyond:
        return {}
    found = {}
    for person_id, was in best_days.points_by_day(list(beyond), board).items():
        if person_id in beyond:
            then = {day: points + change[day][person_id] for day, points in was.items()}
            days, had = beyond[person_id].weight.available_days, beyond[person_id].points
            after = had + sum(then.values()) - sum(was.values())
            lost = fairness.left_out(had, was.values(), days), fairness.left_out(after, then.values(), days)
            found[person_id] = lost
    return found


def _by_day(change: Change) -> ByDay:
    found = defaultdict[date, Counter[int]](Counter)
    for (person_id, day), points in change.items():
        found[day][person_id] = points
    return found


def _weeks(program_id: int, change: Change) -> Weeks:
    days = case((Standing.worked_days > Standing.available_days, Standing.worked_days), else_=Standing.available_days)
    rows = db.session.execute(
        select(Standing.period_start, func.sum(days))
        .where(Standing.program_id == program_id, Standing.scope == "person", Standing.period == "week")
        .group_by(Standing.period_start)
    )
    more = Counter[date]()
    for (_, day), points in change.items():
        more[week_of(day).start] += points
    return Weeks({start: int(worked) for start, worked in rows}, more)
