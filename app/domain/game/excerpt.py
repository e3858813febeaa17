"""The rows of a board from which somebody's view is made: read by index, whatever the size of the board."""

from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import Date, Integer, TextClause, bindparam, text

from app.db import db
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


def around(board: BoardKey, me: int, top: int) -> list[Line]:
    """The first `top`, me with my neighbours, the next place up, and the last of the top quarter, median and board."""
    return _read("around", board, me, top)


def just_me(board: BoardKey, me: int) -> list[Line]:
    """Me and the next place up; empty when I never had points on this board."""
    return _read("just_me", board, me, 0)


def _read(picked: str, board: BoardKey, me: int, top: int) -> list[Line]:
    facts = {"program": board.program_id, "period": board.period, "start": board.start, "team": board.team_id}
    statement = STATEMENTS[picked, board.team_id is not None]
    rows = db.session.connection().execute(statement, facts | {"me": me, "top": top})
    return [
        Line(
            Placed(subject_id, points, helped, higher + 1 if points > 0 else None, bool(points > 0 and shared)),
            name,
            actions,
            ranked,
        )
        for subject_id, points, actions, helped, _key, higher, shared, ranked, name in rows
    ]


def _pick(where: str, order: str, limit: str) -> str:
    return f"SELECT * FROM (SELECT * FROM board {where} ORDER BY {order} LIMIT {limit}) AS picked"  # noqa: S608 - names are ours


DOWN = "sort_key DESC, helped DESC, subject_id DESC"
UP = "sort_key, helped, subject_id"
BESIDE = str(NEIGHBOURS)
MINE = "SELECT * FROM mine"
NEXT = _pick("WHERE (sort_key, helped) > (SELECT sort_key, helped FROM mine)", UP, "1")
PICKED = {
    "just_me": (MINE, NEXT),
    "around": (
        MINE,
        NEXT,
        _pick("", DOWN, ":top"),
        _pick("WHERE (sort_key, helped, subject_id) > (SELECT sort_key, helped, subject_id FROM mine)", UP, BESIDE),
        _pick("WHERE (sort_key, helped, subject_id) < (SELECT sort_key, helped, subject_id FROM mine)", DOWN, BESIDE),
        _pick("", DOWN, "1 OFFSET (SELECT (ranked - 1) / 4 FROM size)"),
        _pick("", DOWN, "1 OFFSET (SELECT (ranked - 1) / 2 FROM size)"),
        _pick("", UP, "1"),
    ),
}


def _statement(parts: tuple[str, ...], team: str) -> TextClause:
    """Whoever has no points has no place, so the board begins above zero; `mine` may be below it.

    The plus keeps SQLite from walking the index from zero when there is a nearer bound, and a place is counted in two
    ranges, for one range over two columns compares row by row.
    """
    columns = "subject_id, points, actions, helped, sort_key"
    here = f"program_id = :program AND scope = 'person' AND period = :period AND period_start = :start{team}"
    count = f"(SELECT count(*) FROM standing AS up WHERE {here} AND up.sort_key"  # noqa: S608 - names are ours
    statement = text(
        f"WITH board AS NOT MATERIALIZED (SELECT {columns} FROM standing WHERE {here} AND +sort_key > 0),"  # noqa: S608 - names are ours
        f" mine AS (SELECT {columns} FROM standing WHERE {here} AND subject_id = :me),"
        f" size AS (SELECT count(*) AS ranked FROM standing WHERE {here} AND sort_key > 0),"
        f" chosen AS ({' UNION '.join(parts)})"
        f" SELECT chosen.*, {count} > chosen.sort_key)"
        f" + {count} = chosen.sort_key AND up.helped > chosen.helped),"
        f" {count} = chosen.sort_key AND up.helped = chosen.helped) > 1,"
        " (SELECT ranked FROM size), person.name"
        f" FROM chosen JOIN person ON person.id = chosen.subject_id ORDER BY {DOWN}"
    )
    numbers = [
        bindparam(name, type_=Integer) for name in ("program", "me", "team", "top") if f":{name}" in statement.text
    ]
    return statement.bindparams(*numbers, bindparam("start", type_=Date))


STATEMENTS = {
    (name, scoped): _statement(parts, " AND team_id = :team" if scoped else "")
    for name, parts in PICKED.items()
    for scoped in (False, True)
}
