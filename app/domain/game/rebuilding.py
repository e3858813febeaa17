"""Making standings anew from the ledger: after an upgrade, when a season gets other days, and to mend."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, false, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency import presence
from app.domain.game import lasting, weighing
from app.domain.game.board_start import Board, BoardStart
from app.domain.game.formula import COUNTED, WEIGHED
from app.domain.game.recount import sums
from app.domain.game.running_total import ALL_TIME, SUBJECTS, Standing, period_from
from app.domain.program import season
from app.domain.program.program import the_program
from app.domain.program.season import Span

OLD = "old"
"""The kind of the mark that an upgrade leaves: standings were made before there were days to weigh them by."""
GRACE = timedelta(days=62)
KEY = ("program_id", "scope", "period", "period_start", "subject_id")


def is_due() -> bool:
    """Whether standings wait to be made anew after an upgrade."""
    return bool(db.session.scalar(select(exists().where(BoardStart.period == OLD))))


def rebuild() -> int:
    """Make every standing anew; the number of boards. Who shared in a team without points keeps their place in it."""
    program = the_program()
    db.session.execute(delete(BoardStart).where(BoardStart.period == OLD))
    if program is None:
        return 0
    _clear()
    for scope in SUBJECTS:
        put(scope, None, lasting.boards(scope))
    _rebuild_seasons(program.id, season.spans(program.id))
    boards = _boards(program.id)
    for board in boards:
        weighing.weigh_board(board)
    return len(boards)


@presence.listen
def _seasons_changed(person_id: int | None, first: date, last: date, *, moved: bool = False) -> None:
    """A season has other days, or a closure another moment at which it ends: its boards are made anew."""
    program = the_program()
    if person_id is not None or moved or program is None:
        return
    spans = [span for span in season.spans(program.id) if span.dates.start <= last and span.dates.end > first - GRACE]
    _rebuild_seasons(program.id, spans)
    for span in spans:
        board = Board(program.id, "season", span.dates)
        if _has_rows(board):
            weighing.weigh_board(board)


def _rebuild_seasons(program_id: int, spans: Sequence[Span]) -> None:
    """What has a start that no season has is gone; the rows of the others are counted anew."""
    starts = [span.dates.start for span in season.spans(program_id)]
    for table in (Standing, BoardStart):
        gone = table.program_id == program_id, table.period == "season", table.period_start.not_in(starts)
        db.session.execute(delete(table).where(*gone))
    for span in spans:
        board = Board(program_id, "season", span.dates)
        _clear(*weighing.on(board))
        for scope in SUBJECTS:
            put(scope, "season", sums(scope, "season", span))


def _clear(*where: ColumnElement[bool]) -> None:
    """Teams are there by their points alone; people without any keep their place in a team."""
    db.session.execute(delete(Standing).where(Standing.scope == "team", *where))
    db.session.execute(update(Standing).where(*where).values(dict.fromkeys(COUNTED, 0)))


def put(scope: str, period: str | None, found: Select[Any]) -> None:
    """Write the sums over what is there; what they are weighed by is found after it. Without a period theirs."""
    rows = found.subquery()
    facts = {
        "program_id": rows.c.program_id,
        "scope": literal(scope),
        "period": literal(period) if period else rows.c.period,
        "period_start": rows.c.start,
        "subject_id": rows.c.subject,
        "team_id": rows.c.team_id,
        **{name: rows.c[name] for name in COUNTED},
        **{name: literal(0) for name in WEIGHED if name != "hidden"},
        "hidden": false(),
    }
    put = insert(Standing).from_select(list(facts), select(*facts.values()).where(true()))
    changes = {name: put.excluded[name] for name in ("team_id", *COUNTED)}
    db.session.execute(put.on_conflict_do_update(index_elements=KEY, set_=changes))


def _boards(program_id: int) -> list[Board]:
    """Every board that has rows, the weeks first and in order: from them a later board knows what a day was worth."""
    rows = select(Standing.period, Standing.period_start).where(Standing.program_id == program_id).distinct()
    found = [(period, start, period_from(period, start)) for period, start in db.session.execute(rows)]
    order = sorted(found, key=lambda each: (each[1] if each[0] == "week" else ALL_TIME.end, each[0], each[1]))
    return [Board(program_id, period, dates) for period, _, dates in order if dates]


def _has_rows(board: Board) -> bool:
    return bool(db.session.scalar(select(exists().where(*weighing.on(board)))))
