"""The rows of a board from which somebody's view is made: read by index, whatever the size of the board."""

from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import Date, Integer, Row, TextClause, bindparam, text

from app.db import db
from app.domain.game.fairness import Weight
from app.domain.game.standings import NEIGHBOURS, Placed

LONGEST = 100
Kind = Literal["week", "month", "season", "all"]


class BoardKey(NamedTuple):
    """Which board of people: of everybody, of those whose team is `team_id`, or of those in a branch."""

    program_id: int
    period: Kind
    start: date
    team_id: int | None = None
    branch_id: int | None = None


class Line(NamedTuple):
    """A standing with its place on the whole board; `ranked` is how many people have one."""

    placed: Placed
    name: str
    actions: int
    ranked: int
    verified: int = 0
    hidden: bool = False


def around(board: BoardKey, me: int, top: int) -> list[Line]:
    """The first `top`, me with my neighbours, the next place up, and the last of the top quarter, median and board."""
    return _read("around", board, me, top)


def just_me(board: BoardKey, me: int) -> list[Line]:
    """Me and the next place up; empty when I never had a row on this board."""
    return _read("just_me", board, me, 0)


def _read(picked: str, board: BoardKey, me: int, top: int) -> list[Line]:
    facts = {"program": board.program_id, "period": board.period, "start": board.start, "team": board.team_id}
    scope = "team" if board.team_id is not None else "branch" if board.branch_id is not None else ""
    statement = STATEMENTS[picked, scope]
    rows = db.session.connection().execute(statement, facts | {"branch": board.branch_id, "me": me, "top": top})
    return [_line(row) for row in {row.subject_id: row for row in rows}.values()]


def _line(row: Row[Any]) -> Line:
    placed = Placed(
        row.subject_id,
        row.sort_key,
        row.tie_key,
        row.points,
        row.helped,
        Weight(row.standard_days, row.available_days, row.head_start),
        row.higher + 1 if row.sort_key > 0 else None,
        bool(row.sort_key > 0 and row.shared),
    )
    return Line(placed, row.name, row.actions, row.ranked, row.verified, bool(row.hidden))


def _pick(where: str, order: str, limit: str, position: str, higher: str = "CAST(NULL AS INTEGER)") -> str:
    """Rows of the board with their positions: those before them, equals included; and those higher, where known."""
    rows = f"SELECT * FROM board {where} ORDER BY {order} LIMIT {limit}"  # noqa: S608 - names are ours
    number = f"row_number() OVER (ORDER BY {order})"
    return f"SELECT picked.*, {position.format(number=number)} AS position, {higher} AS known FROM ({rows}) AS picked"  # noqa: S608 - as above


KEY = "sort_key, tie_key, subject_id"
DOWN = "sort_key DESC, tie_key DESC, subject_id DESC"
ABOVE = f"WHERE ({KEY}) > (SELECT {KEY} FROM mine)"  # noqa: S608 - names are ours
BELOW = f"WHERE ({KEY}) < (SELECT {KEY} FROM mine)"  # noqa: S608 - as above
BETTER = "WHERE (sort_key, tie_key) > (SELECT sort_key, tie_key FROM mine)"
BESIDE = str(NEIGHBOURS)
QUARTER, MIDDLE, LAST = (
    f"(SELECT {part} FROM size)"  # noqa: S608 - as above
    for part in ("(ranked - 1) / 4", "(ranked - 1) / 2", "ranked - 1")
)
HERE, HIGHER = "(SELECT higher + equal FROM rank)", "(SELECT higher FROM rank)"
MINE = f"SELECT mine.*, {HERE} AS position, {HIGHER} AS known FROM mine"  # noqa: S608 - as above
NEXT = _pick(BETTER, KEY, "1", f"{HIGHER} - {{number}}")
PICKED = {
    "just_me": (MINE, NEXT),
    "around": (
        MINE,
        NEXT,
        _pick("", DOWN, ":top", "{number} - 1", "rank() OVER (ORDER BY sort_key DESC, tie_key DESC) - 1"),
        _pick(ABOVE, KEY, BESIDE, f"{HERE} - {{number}}"),
        _pick(BELOW, DOWN, BESIDE, f"{HERE} + {{number}}"),
        _pick("", DOWN, f"1 OFFSET {QUARTER}", QUARTER),
        _pick("", DOWN, f"1 OFFSET {MIDDLE}", MIDDLE),
        _pick("", KEY, "1", LAST),
    ),
}


def _statement(parts: tuple[str, ...], audience: str) -> TextClause:
    """Whoever has no points has no place, so the board begins above zero; `mine` may be below it.

    Only my own rank is counted; the others follow from their positions and from their equals. The plus keeps SQLite
    from walking the index from zero when there is a nearer bound, and a rank is counted in ranges of one column, for
    one range over two columns compares row by row.
    """
    columns = (
        "subject_id, sort_key, tie_key, points, actions, helped, verified,"
        " standard_days, available_days, head_start, hidden"
    )
    here = f"program_id = :program AND scope = 'person' AND period = :period AND period_start = :start{audience}"
    count = f"(SELECT count(*) FROM standing AS up WHERE {here} AND up.sort_key"  # noqa: S608 - names are ours
    equal = f"{count} = {{0}}.sort_key AND up.tie_key = {{0}}.tie_key AND up.subject_id"
    statement = text(
        f"WITH board AS NOT MATERIALIZED (SELECT {columns} FROM standing WHERE {here} AND +sort_key > 0),"  # noqa: S608 - names are ours
        f" mine AS (SELECT {columns} FROM standing WHERE {here} AND subject_id = :me),"
        f" size AS (SELECT count(*) AS ranked FROM standing WHERE {here} AND sort_key > 0),"
        f" rank AS (SELECT {count} > mine.sort_key) + CASE WHEN mine.sort_key > 0"
        f" THEN {count} = mine.sort_key AND up.tie_key > mine.tie_key) ELSE 0 END AS higher,"
        f" CASE WHEN mine.sort_key > 0 THEN {equal.format('mine')} > mine.subject_id) ELSE 0 END AS equal FROM mine),"
        f" chosen AS ({' UNION ALL '.join(parts)})"
        f" SELECT chosen.*,"
        f" coalesce(chosen.known, chosen.position - {equal.format('chosen')} > chosen.subject_id)) AS higher,"
        f" EXISTS {equal.format('chosen').replace('count(*)', '1', 1)} <> chosen.subject_id) AS shared,"
        " (SELECT ranked FROM size) AS ranked, person.name"
        f" FROM chosen JOIN person ON person.id = chosen.subject_id ORDER BY {DOWN}"
    )
    names = ("program", "me", "team", "branch", "top")
    numbers = [bindparam(name, type_=Integer) for name in names if f":{name}" in statement.text]
    return statement.bindparams(*numbers, bindparam("start", type_=Date))


AUDIENCES = {
    "": "",
    "team": " AND team_id = :team",
    "branch": " AND team_id IN (SELECT id FROM team WHERE branch_id = :branch)",
}
STATEMENTS = {
    (name, scope): _statement(parts, audience)
    for name, parts in PICKED.items()
    for scope, audience in AUDIENCES.items()
}
