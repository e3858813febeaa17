"""The order in which rows of boards are held: teams before people, weeks before months, as logging moves them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, or_, select

from app.db import db, is_sqlite
from app.domain.agency.person import Person
from app.domain.game.board_start import Board
from app.domain.game.running_total import PERIODS, Standing

LASTING_FIRST = ("week", "month", "all", "season")
ORDER = (
    Standing.scope.desc(),
    case({name: number for number, name in enumerate(LASTING_FIRST)}, value=Standing.period, else_=len(PERIODS)),
    Standing.period_start,
    Standing.subject_id,
)


def hold(program_id: int, boards: Sequence[Board], person_id: int | None) -> None:
    """Hold the rows of a person (None: everybody) and of their teams on these boards before any of them is changed.

    Whoever logs holds the rows of the team first: of those who have one nobody else moves. SQLite has one writer.
    """
    if is_sqlite() or not boards:
        return
    here = or_(*(and_(Standing.period == board.period, Standing.period_start == board.dates.start) for board in boards))
    for rows in (Standing.scope == "team", Standing.scope == "person"):
        wanted = select(Standing.subject_id).where(Standing.program_id == program_id, here, rows, _whose(person_id))
        db.session.execute(wanted.order_by(*ORDER).with_for_update()).all()


def _whose(person_id: int | None) -> ColumnElement[bool]:
    if person_id is None:
        return or_(Standing.scope == "team", Standing.team_id.is_(None))
    theirs = select(Standing.team_id).where(Standing.scope == "person", Standing.subject_id == person_id)
    now = select(Person.team_id).where(Person.id == person_id)
    teams = and_(Standing.scope == "team", or_(Standing.subject_id.in_(theirs), Standing.subject_id.in_(now)))
    return or_(teams, and_(Standing.scope == "person", Standing.subject_id == person_id))
