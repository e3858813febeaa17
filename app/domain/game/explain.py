"""Explaining a total: the ledger rows behind it, for whoever may see them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import Page, db
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, visible
from app.domain.game.excerpt import BoardKey, Kind
from app.domain.game.leaderboard import shown_to
from app.domain.game.ledger import LedgerEntry, rows_for
from app.domain.game.running_total import PERIODS, Standing
from app.domain.program.action_kind import ActionKind, kinds_of
from app.domain.program.program import works_council_ok

SEES_ALL = (Role.SPONSOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Explained:
    """`names` holds the candidates that the viewer may see; the rows of others stay without a name."""

    person: Person
    points: int
    page: Page[LedgerEntry]
    kinds: dict[int, ActionKind]
    names: dict[int, str]


def explain(
    program_id: int,
    period: Kind,
    day: date,
    *,
    viewer: Person,
    person_id: int,
    team_id: int | None = None,
    number: int = 1,
) -> Explained | None:
    """One page of the rows that make somebody's total; None when there is nobody or the viewer may not see them."""
    person = db.session.get(Person, person_id)
    board = BoardKey(program_id, period, PERIODS[period](day).start, team_id)
    if person is None or not _may_open(person, board, viewer):
        return None
    page = rows_for(person_id, PERIODS[period](day), number)
    return Explained(
        person,
        _points(board, person_id),
        page,
        {kind.id: kind for kind in kinds_of(program_id)},
        _names(viewer, {row.candidate_id for row in page.rows if row.candidate_id}),
    )


def _may_open(person: Person, asked: BoardKey, viewer: Person) -> bool:
    """One's own rows always; others' once people may be compared, by who runs it and who sees them on the board."""
    if person.id == viewer.id:
        return True
    if not works_council_ok(asked.program_id):
        return False
    if viewer.role in SEES_ALL or (viewer.role == Role.LEAD and viewer.team_id == person.team_id):
        return True
    return person.id in shown_to(viewer, asked)


def _points(board: BoardKey, person_id: int) -> int:
    total = select(Standing.points).where(
        Standing.program_id == board.program_id,
        Standing.scope == "person",
        Standing.period == board.period,
        Standing.period_start == board.start,
        Standing.subject_id == person_id,
    )
    return db.session.scalar(total) or 0


def _names(viewer: Person, candidate_ids: set[int]) -> dict[int, str]:
    allowed = visible(viewer).where(Candidate.id.in_(candidate_ids)).subquery()
    return {row.id: row.name for row in db.session.execute(select(allowed.c.id, allowed.c.name))}
