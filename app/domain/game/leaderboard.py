"""The leaderboard as somebody may see it: places, neighbours, benchmarks and movement of a week or a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import Period, week_of
from app.db import db
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.game import standings
from app.domain.game.excerpt import LONGEST, BoardKey, Kind, Line, around, just_me
from app.domain.game.history import Scope, places_before
from app.domain.game.running_total import PERIODS, Standing
from app.domain.game.standings import TOP, Placed
from app.domain.program.program import works_council_ok

PLAYS = (Role.RECRUITER, Role.MEMBER, Role.LEAD)
MOST_TEAMS = 500
BENCHMARKS_FROM = 5


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of a board; `place` is None for whoever has no points, or may not be compared."""

    subject_id: int
    name: str
    place: int | None
    shared: bool
    points: int
    actions: int
    helped: int
    me: bool


@dataclass(frozen=True, slots=True)
class MyPlace:
    """Where somebody stands; `gap` is the points to at least share `next_place`, the nearest one above."""

    points: int
    place: int | None = None
    gap: int | None = None
    next_place: int | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """`quarter` and `median` are the points with which the top 25 % and the upper half end; None among few people.

    `compared` is False while the works council's consent is missing: then only one's own points are on it.
    """

    scope: Scope
    key: BoardKey
    dates: Period
    rows: Sequence[BoardRow]
    mine: MyPlace
    quarter: int | None = None
    median: int | None = None
    compared: bool = True


def people_board(
    program_id: int, period: Kind, day: date, *, viewer: Person, team_id: int | None = None, everyone: bool = False
) -> Board:
    """The board of the week or month that a day is in, of everybody or of one team, as the viewer may see it."""
    dates = PERIODS[period](day)
    key = BoardKey(program_id, period, dates.start, team_id)
    if not works_council_ok(program_id):
        return _own_points(key, dates, viewer)
    lines, excerpt = _excerpt(key, viewer, LONGEST if everyone else TOP)
    median = _at(excerpt, lines, 2)
    shown = (
        standings.down_to(excerpt, median.place or 0, viewer.id) if everyone else standings.near_me(excerpt, viewer.id)
    )
    benchmarks = (_at(excerpt, lines, 4).points, median.points) if _ranked(lines) >= BENCHMARKS_FROM else (None, None)
    return Board("person", key, dates, _people(shown, lines, viewer), _my_place(excerpt, viewer.id), *benchmarks)


def shown_to(viewer: Person, board: BoardKey) -> set[int]:
    """Everybody whom the viewer can see on a board: near them, and in its upper half."""
    lines, excerpt = _excerpt(board, viewer, LONGEST)
    upper = standings.down_to(excerpt, _at(excerpt, lines, 2).place or 0, viewer.id)
    return {int(placed.person_id) for placed in (*standings.near_me(excerpt, viewer.id), *upper)}


def team_board(program_id: int, period: Kind, day: date, *, viewer: Person, everyone: bool = False) -> Board:
    """The board of teams; it is there without the works council too, for it compares no people."""
    key = BoardKey(program_id, period, PERIODS[period](day).start)
    lines = _teams(key)
    board, me = [line.placed for line in lines], viewer.team_id or 0
    shown = standings.upper_half(board, me) if everyone else standings.near_me(board, me)
    known = {line.placed.person_id: line for line in lines}
    rows = [_row(placed, known[placed.person_id], me) for placed in shown]
    return Board("team", key, PERIODS[period](day), rows, _my_place(board, me))


def place_of(program_id: int, period: Kind, day: date, person_id: int) -> MyPlace:
    """Where somebody stands on the board of everybody; only the points while people may not be compared."""
    key = BoardKey(program_id, period, PERIODS[period](day).start)
    mine = _my_place([line.placed for line in just_me(key, person_id)], person_id)
    return mine if mine.place is None or works_council_ok(program_id) else MyPlace(mine.points)


def moved_since(board: Board, today: date) -> date | None:
    """The first day whose points count as movement: Monday in a month, today in a week.

    None when there is nothing to compare with: on the first day, on a board of the past, and inside one team.
    """
    if board.key.team_id is not None or not board.compared or today not in board.dates:
        return None
    since = week_of(today).start if board.key.period == "month" else today
    return since if since > board.dates.start else None


def risen(board: Board, since: date) -> dict[int, int]:
    """How many places everybody shown has risen since the start of a day; who had no place then is left out."""
    then = places_before(board.key.program_id, board.scope, board.dates.start, since)
    return {
        row.subject_id: then[row.subject_id] - row.place
        for row in board.rows
        if row.place is not None and row.subject_id in then
    }


def _own_points(board: BoardKey, dates: Period, viewer: Person) -> Board:
    lines = [line for line in just_me(board, viewer.id) if line.placed.person_id == viewer.id]
    mine = lines[0].placed.points if lines else 0
    rows = [_row(line.placed._replace(place=None, shared=False), line, viewer.id) for line in lines]
    return Board("person", board, dates, rows, MyPlace(mine), compared=False)


def _people(shown: Sequence[Placed], lines: Sequence[Line], viewer: Person) -> list[BoardRow]:
    """Equals are sorted by name, for their order means nothing."""
    known = {line.placed.person_id: line for line in lines}
    stranger = Line(Placed(viewer.id, 0, 0, None, shared=False), viewer.name, 0, 0)
    rows = [_row(placed, known.get(placed.person_id, stranger), viewer.id) for placed in shown]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, sort_name(row.name)))


def _row(placed: Placed, line: Line, me: int) -> BoardRow:
    subject_id = int(placed.person_id)
    return BoardRow(
        subject_id, line.name, placed.place, placed.shared, placed.points, line.actions, placed.helped, subject_id == me
    )


def _my_place(excerpt: Sequence[Placed], me: int) -> MyPlace:
    mine = next((placed for placed in excerpt if placed.person_id == me), None)
    if mine is None or mine.place is None:
        return MyPlace(mine.points if mine else 0)
    above = max((placed.place for placed in excerpt if placed.place and placed.place < mine.place), default=None)
    return MyPlace(mine.points, mine.place, standings.to_next_place(excerpt, me), above, mine.shared)


def _excerpt(key: BoardKey, viewer: Person, top: int) -> tuple[list[Line], list[Placed]]:
    """Whoever plays is on it, without a place while they have no points."""
    lines = around(key, viewer.id, top)
    excerpt = [line.placed for line in lines]
    plays_here = viewer.role in PLAYS and key.team_id in (None, viewer.team_id)
    if plays_here and viewer.id not in {placed.person_id for placed in excerpt}:
        excerpt.append(Placed(viewer.id, 0, 0, None, shared=False))
    return lines, excerpt


def _ranked(lines: Sequence[Line]) -> int:
    return lines[0].ranked if lines else 0


def _at(excerpt: Sequence[Placed], lines: Sequence[Line], part: int) -> Placed:
    """The last of the first 1/`part` of the whole board, or one of their equals."""
    last = (_ranked(lines) - 1) // part + 1
    found = (placed for placed in reversed(excerpt) if placed.place and placed.place <= last)
    return next(found, Placed(0, 0, 0, None, shared=False))


def _teams(key: BoardKey) -> list[Line]:
    query = select(Standing.subject_id, Standing.points, Standing.actions, Standing.helped, Team.name).join(
        Team, Team.id == Standing.subject_id
    )
    rows = db.session.execute(
        query.where(
            Standing.program_id == key.program_id,
            Standing.scope == "team",
            Standing.period == key.period,
            Standing.period_start == key.start,
        ).limit(MOST_TEAMS)
    ).all()
    known = {row.subject_id: row for row in rows}
    board = standings.standings(standings.Row(row.subject_id, row.points, row.helped) for row in rows)
    return [Line(placed, known[placed.person_id].name, known[placed.person_id].actions, len(rows)) for placed in board]
