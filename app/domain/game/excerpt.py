"""The rows of a board from which somebody's view is made: read by index, whatever the size of the board."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import Date, Integer, TextClause, bindparam, text

from app.db import db
from app.domain.game import benchmarks
from app.domain.game.benchmarks import Benchmarks
from app.domain.game.fairness import Weight
from app.domain.game.standings import NEIGHBOURS, Placed
from app.prepared import Prepared

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
    """A standing with its place on the whole board."""

    placed: Placed
    name: str
    actions: int
    verified: int = 0
    hidden: bool = False
    worked_days: int = 0


class Excerpt(NamedTuple):
    """Lines in the order of the board, and the scores that part it."""

    lines: list[Line]
    benchmarks: Benchmarks


def around(board: BoardKey, me: int, top: int) -> Excerpt:
    """The first `top`, me with my neighbours, the next place up, and the last of the top quarter, median and board.

    The quarter and the median of a large board are those of some seconds ago and no lines, and the place of its last
    one is only known to be behind the others'. All other lines are as they are now, always.
    """
    mark = db.session.connection().engine, board
    kept = benchmarks.kept(mark)
    rows = _read("around" if kept is None else "near", board, me, top)
    lines = _lines(rows, top)
    if kept is None:
        ranked = rows[0][RANKED] if rows else 0
        kept = benchmarks.keep(mark, benchmarks.found([line.placed for line in lines], ranked))
    return Excerpt(lines, kept)


def just_me(board: BoardKey, me: int) -> list[Line]:
    """Me and the next place up; empty when I never had a row on this board."""
    return _lines(_read("just_me", board, me, 0), 0)


def _read(picked: str, board: BoardKey, me: int, top: int) -> Sequence[Sequence[Any]]:
    """One more of the top than asked for: it tells whether the last of them is alone."""
    facts = {"program": board.program_id, "period": board.period, "start": board.start, "team": board.team_id}
    scope = "team" if board.team_id is not None else "branch" if board.branch_id is not None else ""
    facts |= {"branch": board.branch_id, "me": me, "top": top + 1}
    return STATEMENTS[picked, scope].run(facts)


def _lines(rows: Iterable[Sequence[Any]], top: int) -> list[Line]:
    """Rows come in the order of the board, somebody perhaps twice: what was counted of them first."""
    lines: list[Line] = []
    counted = {row[0] for row in rows if row[HIGHER] is not None}
    for row in rows:
        last = lines[-1].placed if lines else None
        if last is None or row[0] != last.person_id:
            lines.append(_line(row, last, len(lines)))
            if last and lines[-1].placed.place == last.place and last.place and not last.shared:
                lines[-2] = lines[-2]._replace(placed=last._replace(shared=True))
    if len(lines) > top and lines[top].placed.person_id not in counted:
        del lines[top]
    return lines


def _line(row: Sequence[Any], above: Placed | None, number: int) -> Line:
    """The place of a row that was not counted follows from its number, or from those above it (BEHIND)."""
    subject, score, tie, points, actions, helped, verified, worked, *weight, hidden, higher, shared, _, name = row
    place = number + 1 if higher is None else higher + 1
    if above and above.place and (above.score, above.tie) == (score, tie):
        place, shared = above.place, True
    elif higher == BEHIND:
        place = (above.place or 0) + 1 if above else 1
    ranked = score > 0
    placed = Placed(
        subject, score, tie, points, helped, Weight(*weight), place if ranked else None, bool(ranked and shared)
    )
    return Line(placed, name, actions, verified, bool(hidden), worked)


def _pick(where: str, order: str, limit: str, position: str, higher: str = "CAST(NULL AS INTEGER)") -> str:
    """Rows of the board with their positions: those before them, equals included; and those higher, where known."""
    rows = f"SELECT * FROM board {where} ORDER BY {order} LIMIT {limit}"  # noqa: S608 - names are ours
    number = f"row_number() OVER (ORDER BY {order})"
    return f"SELECT picked.*, {position.format(number=number)} AS position, {higher} AS known FROM ({rows}) AS picked"  # noqa: S608 - as above


KEY = "sort_key, tie_key, subject_id"
DOWN = "sort_key DESC, tie_key DESC, subject_id DESC"
MY_SCORE, MY_TIE, MYSELF = (f"(SELECT {name} FROM mine)" for name in ("sort_key", "tie_key", "subject_id"))  # noqa: S608 - names are ours
ABOVE = f"WHERE ({KEY}) > ({MY_SCORE}, {MY_TIE}, {MYSELF})"
BELOW = f"WHERE ({KEY}) < ({MY_SCORE}, {MY_TIE}, {MYSELF})"
BETTER = f"WHERE (sort_key, tie_key) > ({MY_SCORE}, {MY_TIE})"
BESIDE = str(NEIGHBOURS)
QUARTER, MIDDLE, LAST = (
    f"(SELECT {part} FROM size)"  # noqa: S608 - as above
    for part in ("(ranked - 1) / 4", "(ranked - 1) / 2", "ranked - 1")
)
HERE, MY_HIGHER = "(SELECT higher + equal FROM rank)", "(SELECT higher FROM rank)"
RANKED, HIGHER = -2, -4
BEHIND = -1
"""Instead of the number of those who are higher: behind everybody else."""
MINE = f"SELECT mine.*, {HERE} AS position, {MY_HIGHER} AS known FROM mine"  # noqa: S608 - as above
NEXT = _pick(BETTER, KEY, "1", f"{MY_HIGHER} - {{number}}")
TOPMOST = _pick("", DOWN, ":top", "CAST(NULL AS INTEGER)")
ABOVE_ME = _pick(ABOVE, KEY, BESIDE, f"{HERE} - {{number}}")
BELOW_ME = _pick(BELOW, DOWN, BESIDE, f"{HERE} + {{number}}")
PICKED = {
    "just_me": (MINE, NEXT),
    "near": (MINE, NEXT, TOPMOST, ABOVE_ME, BELOW_ME, _pick("WHERE sort_key > 0", KEY, "1", str(BEHIND), str(BEHIND))),
    "around": (
        *(MINE, NEXT, TOPMOST, ABOVE_ME, BELOW_ME),
        _pick("", DOWN, f"1 OFFSET {QUARTER}", QUARTER),
        _pick("", DOWN, f"1 OFFSET {MIDDLE}", MIDDLE),
        _pick("WHERE sort_key > 0", KEY, "1", LAST),
    ),
}


def _statement(parts: tuple[str, ...], audience: str) -> TextClause:
    """Whoever has no points has no place, so the board begins above zero; `mine` may be below it.

    Only my own rank is counted; the others follow from their positions and from their equals. The plus keeps SQLite
    from walking the index from zero when there is a nearer bound, and a rank is counted in ranges of one column, for
    one range over two columns compares row by row. Of the top nothing is
    counted: it is all there.
    """
    columns = (
        "subject_id, sort_key, tie_key, points, actions, helped, verified,"
        " worked_days, standard_days, available_days, head_start, hidden"
    )
    here = f"program_id = :program AND scope = 'person' AND period = :period AND period_start = :start{audience}"
    count = f"(SELECT count(*) FROM standing AS up WHERE {here} AND up.sort_key"  # noqa: S608 - names are ours
    equal = f"{count} = {{0}}.sort_key AND up.tie_key = {{0}}.tie_key AND up.subject_id"
    others = f"EXISTS {equal.format('chosen').replace('count(*)', '1', 1)} <> chosen.subject_id)"
    chosen = " UNION ALL ".join(parts)
    ranked = "(SELECT ranked FROM size)" if "FROM size" in chosen else "0"
    statement = text(
        f"WITH board AS NOT MATERIALIZED (SELECT {columns} FROM standing WHERE {here} AND +sort_key > 0),"  # noqa: S608 - names are ours
        f" mine AS MATERIALIZED (SELECT {columns} FROM standing WHERE {here} AND subject_id = :me),"
        f" size AS MATERIALIZED (SELECT count(*) AS ranked FROM standing WHERE {here} AND sort_key > 0),"
        f" rank AS MATERIALIZED (SELECT {count} > mine.sort_key) + CASE WHEN mine.sort_key > 0"
        f" THEN {count} = mine.sort_key AND up.tie_key > mine.tie_key) ELSE 0 END AS higher,"
        f" CASE WHEN mine.sort_key > 0 THEN {equal.format('mine')} > mine.subject_id) ELSE 0 END AS equal FROM mine),"
        f" chosen AS ({chosen})"
        f" SELECT {columns},"
        f" CASE WHEN chosen.position IS NOT NULL THEN"
        f" coalesce(chosen.known, chosen.position - {equal.format('chosen')} > chosen.subject_id)) END AS higher,"
        f" CASE WHEN chosen.position IS NOT NULL THEN {others} END AS shared, {ranked} AS ranked,"
        " (SELECT name FROM person WHERE id = chosen.subject_id) AS name"
        f" FROM chosen ORDER BY {DOWN}, coalesce(chosen.known, 0) DESC"
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
    (name, scope): Prepared(_statement(parts, audience))
    for name, parts in PICKED.items()
    for scope, audience in AUDIENCES.items()
}
