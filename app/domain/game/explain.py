"""Explaining a total: the ledger rows behind it and what it is weighed by, for whoever may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, select

from app.clock import Period
from app.db import Page, db, page_of
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.game import adjustment, appearance, board_start
from app.domain.game.excerpt import BoardKey
from app.domain.game.fairness import HUNDREDTHS, UNWEIGHED, Weight, head_start
from app.domain.game.ledger_entry import BY_HAND, LedgerEntry
from app.domain.game.recognition import kudos
from app.domain.game.running_total import Standing
from app.domain.program import absence, season
from app.domain.program.action_kind import ActionKind, kinds_of
from app.domain.program.program import Program


@dataclass(frozen=True, slots=True)
class Explained:
    """`names` holds the candidates that the viewer may see; `reasons` why an adjustment was made, by its id.

    `standing` is None for whoever never had anything on this board; `left_out` are the points of days that do not
    count, because the best days do, as many as their own.
    `praise` are the kudos behind rows, by their ids.
    """

    person: Person
    standing: Standing | None
    page: Page[LedgerEntry]
    kinds: Mapping[int, ActionKind]
    names: Mapping[int, str]
    reasons: Mapping[int, str]
    left_out: int = 0
    praise: Mapping[int, kudos.Told] = field(default_factory=dict)

    @property
    def points(self) -> int:
        return self.standing.points if self.standing else 0


def explain(
    program: Program, key: BoardKey, dates: Period, *, viewer: Person, person_id: int, number: int = 1
) -> Explained | None:
    """One page of the rows that make somebody's total; None when there is nobody or the viewer may not see them."""
    person = db.session.get(Person, person_id)
    if person is None or not _may_open(program, person, viewer):
        return None
    newest = _rows(key, dates, person_id).order_by(LedgerEntry.occurred_at.desc(), LedgerEntry.id.desc())
    page = page_of(newest, number)
    standing = _standing(key, person_id)
    adjusted = [row.source_id for row in page.rows if row.source_kind == BY_HAND]
    return Explained(
        person,
        standing,
        page,
        {kind.id: kind for kind in kinds_of(program.id)},
        _names(viewer, {row.candidate_id for row in page.rows if row.candidate_id}),
        adjustment.reasons(adjusted) if adjusted else {},
        _left_out(standing, board_start.Board(key.program_id, key.period, dates)) if standing else 0,
        kudos.of_ids([row.source_id for row in page.rows if row.source_kind == kudos.SOURCE]),
    )


def _may_open(program: Program, person: Person, viewer: Person) -> bool:
    """One's own rows always; those of people who are there by name by whoever may see their days off as well."""
    if person.id == viewer.id:
        return True
    if program.board_mode != appearance.NAMES or not absence.may_record(viewer, person):
        return False
    return appearance.names_for(program, viewer, [person.id])[person.id] is not None


def _rows(key: BoardKey, dates: Period, person_id: int) -> Select[LedgerEntry]:
    """What counts on the board: a season takes nothing that was recorded after it closed."""
    inside = LedgerEntry.local_date >= dates.start, LedgerEntry.local_date < dates.end
    rows = select(LedgerEntry).where(
        LedgerEntry.program_id == key.program_id, LedgerEntry.person_id == person_id, *inside
    )
    span = season.span_of(key.program_id, dates.start) if key.period == "season" else None
    return rows.where(LedgerEntry.recorded_at < span.closes_at) if span else rows


def _standing(key: BoardKey, person_id: int) -> Standing | None:
    total = select(Standing).where(
        Standing.program_id == key.program_id,
        Standing.scope == "person",
        Standing.period == key.period,
        Standing.period_start == key.start,
        Standing.subject_id == person_id,
    )
    return db.session.scalar(total)


def _left_out(standing: Standing, board: board_start.Board) -> int:
    weight = Weight(standing.standard_days, standing.available_days, standing.head_start)
    if standing.worked_days <= standing.available_days or weight == UNWEIGHED:
        return 0
    return (head_start(board_start.average_of(board)) - standing.head_start) // HUNDREDTHS


def _names(viewer: Person, candidate_ids: Iterable[int]) -> dict[int, str]:
    allowed = visible(viewer).where(Candidate.id.in_(candidate_ids)).subquery()
    return {row.id: row.name for row in db.session.execute(select(allowed.c.id, allowed.c.name))}
