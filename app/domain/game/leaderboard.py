"""The leaderboard as somebody may see it: places, neighbours, benchmarks and the way up."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.clock import Period
from app.db import db
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.game import appearance, best_days, board_start, standings
from app.domain.game.excerpt import LONGEST, BoardKey, Line, around, just_me
from app.domain.game.fairness import UNWEIGHED, Weight
from app.domain.game.running_total import Standing, period_from
from app.domain.game.standings import TOP, Placed
from app.domain.program.program import Program

PLAYS = (Role.RECRUITER, Role.MEMBER, Role.LEAD)
MOST_TEAMS = 500
BENCHMARKS_FROM = 5
NAMELESS = "\uffff"


class BoardRow(NamedTuple):
    """One line of a board; `score` is in hundredths. Without a name it is a colleague, without a place unranked.

    `points` and `days` are there on one's own row alone: beside the score they would tell who was ill.
    """

    subject_id: int
    name: str | None
    place: int | None = None
    shared: bool = False
    score: int = 0
    me: bool = False
    points: int | None = None
    days: int | None = None


class MyPlace(NamedTuple):
    """Where somebody stands; `gap` is the points to at least share `next_place`, the nearest one above."""

    points: int
    place: int | None = None
    gap: int | None = None
    next_place: int | None = None
    shared: bool = False
    score: int = 0


class Board(NamedTuple):
    """`quarter` and `median` are the scores with which the top 25 % and the upper half end; None among few people.

    `compared` is False while people may not be, or the program does not: then only one's own points are on it.
    """

    scope: str
    key: BoardKey
    dates: Period
    rows: Sequence[BoardRow]
    mine: MyPlace
    quarter: int | None = None
    median: int | None = None
    compared: bool = True


def people_board(
    program: Program,
    key: BoardKey,
    dates: Period,
    *,
    viewer: Person,
    everyone: bool = False,
    language: str | None = None,
    today: date | None = None,
) -> Board:
    """A board of everybody, of a branch or of a team, as the viewer may see it; `today` tells the way up exactly."""
    if not appearance.person_boards(program):
        return _own_points(key, dates, viewer)
    lines, benchmarks = around(key, viewer.id, LONGEST if everyone else TOP)
    excerpt = [line.placed for line in lines]
    if _plays_here(viewer, key) and not any(placed.person_id == viewer.id for placed in excerpt):
        excerpt.append(standings.unplaced(viewer.id))
    near = standings.near_me(excerpt, viewer.id)
    shown = standings.down_to(excerpt, benchmarks.half, viewer.id) if everyone else near
    scores = (benchmarks.quarter, benchmarks.median) if benchmarks.ranked >= BENCHMARKS_FROM else (None, None)
    rows, first = named(program, shown, viewer, language), _before_it_counts(key, lines, viewer.id, today)
    return Board("person", key, dates, rows, _my_place(excerpt, viewer.id, first=first), *scores)


def team_board(program: Program, key: BoardKey, dates: Period, *, viewer: Person, everyone: bool = False) -> Board:
    """The board of teams; it is there without the works council too, for it compares no people."""
    if program.board_mode == appearance.OFF:
        return Board("team", key, dates, [], MyPlace(0), compared=False)
    board, names = _teams(key)
    me = viewer.team_id or 0
    shown = standings.upper_half(board, me) if everyone else standings.near_me(board, me)
    rows = [_row(placed, names.get(int(placed.person_id)), 0)._replace(me=placed.person_id == me) for placed in shown]
    return Board("team", key, dates, rows, _my_place(board, me, teams=True))


def place_of(program: Program, key: BoardKey, person_id: int, today: date | None = None) -> MyPlace:
    """Where somebody stands on a board; only the points while people may not be compared."""
    lines = just_me(key, person_id)
    first = _before_it_counts(key, lines, person_id, today)
    mine = _my_place([line.placed for line in lines], person_id, first=first)
    return mine if mine.place is None or appearance.person_boards(program) else MyPlace(mine.points)


def named(program: Program, shown: Sequence[Placed], viewer: Person, language: str | None = None) -> list[BoardRow]:
    """The rows of people as they appear to the viewer; equals are sorted by name, for their order means nothing."""
    names = appearance.names_for(program, viewer, [int(placed.person_id) for placed in shown], language)
    rows = [_row(placed, names[int(placed.person_id)], viewer.id) for placed in shown]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, sort_name(row.name or NAMELESS)))


def _own_points(board: BoardKey, dates: Period, viewer: Person) -> Board:
    """One's own row, unranked."""
    mine = next((line.placed for line in just_me(board, viewer.id) if line.placed.person_id == viewer.id), None)
    rows = [BoardRow(viewer.id, viewer.name, me=True, points=mine.points)] if mine else []
    return Board("person", board, dates, rows, MyPlace(mine.points if mine else 0), compared=False)


def _row(placed: Placed, name: str | None, me: int) -> BoardRow:
    row = BoardRow(int(placed.person_id), name, placed.place, placed.shared, placed.score)
    if placed.person_id != me:
        return row
    days = placed.weight.available_days if placed.weight != UNWEIGHED else None
    return row._replace(me=True, points=placed.points, days=days)


def _before_it_counts(key: BoardKey, lines: Sequence[Line], me: int, today: date | None) -> int:
    """What today must bring before it counts; nothing, while there are days of theirs on which they did not work."""
    mine = next((line for line in lines if line.placed.person_id == me), None)
    if today is None or mine is None or not mine.placed.place:
        return 0
    days = mine.placed.weight.available_days
    dates = period_from(key.period, key.start) if 0 < days <= mine.worked_days else None
    if dates is None or today not in dates or mine.placed.weight == UNWEIGHED:
        return 0
    return best_days.before_today_counts(board_start.Board(key.program_id, key.period, dates), me, days, today)


def _my_place(excerpt: Sequence[Placed], me: int, *, teams: bool = False, first: int = 0) -> MyPlace:
    """`first` are the points that today must bring before it counts."""
    mine = next((placed for placed in excerpt if placed.person_id == me), None)
    if mine is None or mine.place is None:
        return MyPlace(mine.points if mine else 0)
    above = max((placed.place for placed in excerpt if placed.place and placed.place < mine.place), default=None)
    gap = standings.to_next_place(excerpt, me, teams=teams)
    return MyPlace(mine.points, mine.place, gap + first if gap else None, above, mine.shared, mine.score)


def _plays_here(viewer: Person, key: BoardKey) -> bool:
    """Whoever plays is on the board, without a place while they have no points."""
    return viewer.role in PLAYS and key.branch_id is None and key.team_id in (None, viewer.team_id)


def _teams(key: BoardKey) -> tuple[list[Placed], dict[int, str]]:
    weight = Standing.standard_days, Standing.available_days, Standing.head_start
    facts = Standing.subject_id, Standing.sort_key, Standing.tie_key, Standing.points, Standing.helped
    rows = db.session.execute(
        select(*facts, *weight, Team.name)
        .join(Team, Team.id == Standing.subject_id)
        .where(
            Standing.program_id == key.program_id,
            Standing.scope == "team",
            Standing.period == key.period,
            Standing.period_start == key.start,
        )
        .limit(MOST_TEAMS)
    ).all()
    board = standings.standings(standings.Row(*row[:5], Weight(*row[5:8])) for row in rows)
    return board, {row.subject_id: row.name for row in rows}
