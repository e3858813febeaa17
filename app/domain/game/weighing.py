"""What the points on a board are weighed by: found with the first points, and anew when somebody's days change."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, Date, Integer, String, TextClause, bindparam, select, text
from sqlalchemy.types import TypeEngine

from app.clock import Period
from app.db import db
from app.domain.agency import presence
from app.domain.agency.person import Role
from app.domain.game import appearance, best_days, board_lock, fairness, formula
from app.domain.game.best_days import Counted
from app.domain.game.board_start import Board, average_of, boards_of, is_started
from app.domain.game.formula import Days
from app.domain.game.running_total import ALL_TIME, Standing
from app.domain.program.program import the_program

PLAYS = (Role.RECRUITER, Role.MEMBER, Role.LEAD)
MOVED = -1


class Fresh(NamedTuple):
    """A row of which the weight is to be found; `standard_days` is MOVED when its team is another one."""

    scope: str
    period: str
    subject_id: int
    standard_days: int


def weigh(program_id: int, dates: Mapping[str, Period], rows: Iterable[Fresh]) -> None:
    """Weigh rows that came or changed; with the first points of a team everybody in it gets a row of their own."""
    by_board: dict[str, list[Fresh]] = defaultdict(list)
    for row in rows:
        by_board[row.period].append(row)
    for period, fresh in by_board.items():
        board = Board(program_id, period, dates[period])
        teams = {row.subject_id for row in fresh if row.scope == "team"}
        people = {row.subject_id for row in fresh if row.scope == "person"} | _seat(board, teams)
        weigh_people(board, people)
        moved = any(row.standard_days == MOVED for row in fresh)
        weigh_teams(board, _teams(board) if moved else teams | _teams(board, people))


def weigh_people(board: Board, people: Collection[int], *, everybody: bool = False) -> None:
    """Give these people's rows their days, their head start and their choice; their rows are held first.

    Where it is everybody on the board, what most of them have is written at once, and then what the others have.
    """
    if not people:
        return
    average, hidden = average_of(board), appearance.hidden()
    weights = best_days.weights(board, _counted(board, None if everybody else people), average)
    facts = {each: (*weight, each in hidden) for each, weight in sorted(weights.items())}
    usual = Counter(facts.values()).most_common(1)[0][0] if everybody and facts else None
    connection = db.session.connection()
    if usual:
        connection.execute(WEIGH_EVERYBODY, board.key | dict(zip(FACTS, usual, strict=True)))
    others = [
        board.key | {"subject": each} | dict(zip(FACTS, own, strict=True))
        for each, own in facts.items()
        if own != usual
    ]
    if others:
        connection.execute(WEIGH_PERSON, others)


def weigh_teams(board: Board, teams: Collection[int]) -> None:
    """Give these teams' rows the days of the people in them."""
    standard = best_days.standard_days(board)
    head = fairness.head_start(average_of(board)) if standard else 0
    facts = board.key | {"head": head, "smallest": fairness.SMALLEST_TEAM}
    facts["standard"] = standard or fairness.UNWEIGHED.standard_days
    rows = [facts | {"subject": each} for each in sorted(teams)]
    if rows:
        db.session.connection().execute(WEIGH_TEAM, rows)


def weigh_board(board: Board) -> None:
    """Weigh everybody on a board, and every team; on one that was never weighed the teams get their people."""
    if not is_started(board):
        db.session.connection().execute(SEAT_ALL, board.key)
    weigh_people(board, _people(board), everybody=True)
    weigh_teams(board, _teams(board))


@presence.listen
def reweigh(person_id: int | None, first: date, last: date, *, moved: bool = False) -> None:
    """Somebody's days, or everybody's, are others from the first to the last: rewrite the rows concerned.

    `moved`: they came, left or are in another team now; boards on which they earned nothing follow them.
    """
    db.session.flush()
    program = the_program()
    boards = boards_of(program.id, first, last) if program else []
    board_lock.hold(program.id if program else 0, boards, person_id)
    for board in boards:
        if person_id is None and board.dates == ALL_TIME:
            continue
        if person_id is None:
            weigh_board(board)
            continue
        teams = _teams(board, {person_id})
        if moved:
            db.session.connection().execute(FOLLOW, board.key | {"subject": person_id, "end": board.dates.end})
            _seat(board, _teams(board), person_id)
        weigh_people(board, {person_id})
        weigh_teams(board, teams | _teams(board, {person_id}))


def _counted(board: Board, people: Collection[int] | None) -> dict[int, Counted]:
    """What these people (None: all) have on a board, their rows held: nobody moves them before they are weighed."""
    facts = select(Standing.subject_id, Standing.points, Standing.worked_days).where(*on(board))
    rows = facts.where(Standing.scope == "person").order_by(Standing.subject_id).with_for_update()
    if people is not None:
        rows = rows.where(Standing.subject_id.in_(people))
    return {person_id: Counted(*had) for person_id, *had in db.session.execute(rows)}


def _people(board: Board) -> set[int]:
    return set(db.session.scalars(select(Standing.subject_id).where(*on(board), Standing.scope == "person")))


def _teams(board: Board, people: Collection[int] | None = None) -> set[int]:
    """The teams on a board, or those in which these people stand on it."""
    if people is None:
        return set(db.session.scalars(select(Standing.subject_id).where(*on(board), Standing.scope == "team")))
    seats = select(Standing.team_id).where(*on(board), Standing.scope == "person", Standing.subject_id.in_(people))
    return {team for team in db.session.scalars(seats) if team is not None}


def on(board: Board) -> tuple[ColumnElement[bool], ...]:
    return (
        Standing.program_id == board.program_id,
        Standing.period == board.period,
        Standing.period_start == board.dates.start,
    )


def _seat(board: Board, teams: Collection[int], person_id: int | None = None) -> set[int]:
    """A row without points for whoever plays in these teams and has none: a team is weighed by all its people."""
    facts = [board.key | {"team": team, "subject": person_id} for team in sorted(teams)]
    connection = db.session.connection()
    return {found for each in facts for found in connection.execute(SEAT, each).scalars()}


def _statement(sql: str) -> TextClause:
    numbers = ("program", "subject", "team", "standard", "available", "head", "smallest")
    types: dict[str, type[TypeEngine[Any]]] = dict.fromkeys(numbers, Integer) | dict.fromkeys(("start", "end"), Date)
    types |= {"hidden": Boolean, "period": String}
    return text(sql).bindparams(*(bindparam(name, type_=kind) for name, kind in types.items() if f":{name}" in sql))


_BOARD = "program_id = :program AND period = :period AND period_start = :start"
FACTS = ("standard", "available", "head", "hidden")
_PERSON = Days(*(f":{fact}" for fact in FACTS))
_TEAM = Days(":standard", "members.days", "members.less", "FALSE")


def _weigh(days: Days) -> str:
    """The assignments that weigh a row; the right sides see what the row was before."""
    tied = ("standing.helped", "standing.verified", "standing.actions")
    return (
        f"standard_days = {days.standard}, available_days = {days.available}, head_start = {days.head_start},"
        f" hidden = {days.hidden}, sort_key = {formula.score('standing.points', days)},"
        f" tie_key = {formula.tie(*tied, days)}"
    )


_EVERYBODY = f"UPDATE standing SET {_weigh(_PERSON)} WHERE {_BOARD} AND scope = 'person'"  # noqa: S608 - names are ours
WEIGH_EVERYBODY = _statement(_EVERYBODY)
WEIGH_PERSON = _statement(f"{_EVERYBODY} AND subject_id = :subject")
WEIGH_TEAM = _statement(
    f"UPDATE standing SET {_weigh(_TEAM)} FROM (SELECT"  # noqa: S608 - names are ours
    " CASE WHEN count(*) >= :smallest THEN sum(available_days) ELSE 0 END AS days,"
    " coalesce(sum(head_start - :head), 0) AS less FROM standing AS seat"
    f" WHERE {_BOARD} AND scope = 'person' AND team_id = :subject AND available_days > 0) AS members"
    " WHERE standing.program_id = :program AND standing.period = :period AND standing.period_start = :start"
    " AND standing.scope = 'team' AND standing.subject_id = :subject"
)
_SEATS = (
    "INSERT INTO standing (program_id, scope, period, period_start, subject_id, team_id,"  # noqa: S608 - names are ours
    f" {', '.join(formula.COUNTED)}, {', '.join(formula.WEIGHED)})"
    f" SELECT :program, 'person', :period, :start, id, team_id, 0, 0, 0, 0, 0, {', '.join(formula.UNKNOWN)} FROM person"
    f" WHERE deactivated_at IS NULL AND role IN ({', '.join(repr(role.value) for role in PLAYS)}) AND"
)
_ONCE = "ON CONFLICT (program_id, scope, period, period_start, subject_id) DO NOTHING RETURNING subject_id"
SEAT = _statement(f"{_SEATS} team_id = :team AND (CAST(:subject AS INTEGER) IS NULL OR id = :subject) {_ONCE}")
SEAT_ALL = _statement(
    f"{_SEATS} team_id IN (SELECT subject_id FROM standing AS there WHERE there.program_id = :program"  # noqa: S608 - names are ours
    f" AND there.scope = 'team' AND there.period = :period AND there.period_start = :start) {_ONCE}"
)
FOLLOW = _statement(
    "UPDATE standing SET team_id = (SELECT team_id FROM person WHERE id = :subject)"  # noqa: S608 - names are ours
    f" WHERE {_BOARD} AND scope = 'person' AND subject_id = :subject AND actions = 0 AND points = 0"
    " AND NOT EXISTS (SELECT 1 FROM ledger_entry WHERE person_id = :subject AND program_id = :program"
    " AND local_date >= :start AND local_date < :end)"
)
