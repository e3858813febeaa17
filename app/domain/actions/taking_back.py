"""Taking back what was told of an application by mistake: it is where it was before, and what followed is undone."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.actions import owed, promise
from app.domain.actions.deciding import TOLD_BY_HAND
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import consent, consenting, contact_state, retention
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import Consent, ConsentPurpose, Via
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.application import Application, ApplicationMove, ApplicationState, moves_of

UNDO_WITHIN = timedelta(hours=24)


def undoable(row: Application, person: Person, now: datetime) -> ApplicationMove | None:
    """The last move of an application, when this person told it within a day (an administrator: anybody's)."""
    newest = next(iter(moves_of(row.id)), None)
    if newest is None or newest.to_state not in TOLD_BY_HAND or now - newest.moved_at > UNDO_WITHIN:
        return None
    return newest if person.role == Role.ADMIN or newest.moved_by_id == person.id else None


def undo(row: Application, person: Person, now: datetime) -> bool:
    """Put an application back to where it was; False when there is nothing that this person may take back."""
    contact_state.lock(row.candidate_id)
    slip = undoable(row, person, now)
    if slip is None:
        return False
    _forget_what_followed(row, slip, person.id, now)
    db.session.delete(slip)
    db.session.flush()
    _put_back(row, slip)
    db.session.flush()
    owed.tell(row.candidate_id, now)
    return True


def never_was(row: Application, now: datetime) -> None:
    """All that was told of it was of somebody else: it is what the candidate did themself, and without that it is none.

    For one of which nobody asked them anything.
    """
    contact_state.lock(row.candidate_id)
    application_id, candidate_id = row.id, row.candidate_id
    while (slip := next(iter(moves_of(application_id)), None)) is not None and slip.to_state in TOLD_BY_HAND:
        _forget_what_followed(row, slip, None, now)
        db.session.delete(slip)
        db.session.flush()
        _put_back(row, slip)
        db.session.flush()
    owed.tell(candidate_id, now)


def _put_back(row: Application, slip: ApplicationMove) -> None:
    before = next(iter(moves_of(row.id)), None)
    if slip.from_state is None or before is None:
        promise.forget_application(row.id)
        db.session.delete(row)
        return
    row.state, row.state_at = ApplicationState(slip.from_state), before.moved_at
    row.changed_by_id = before.moved_by_id if before.to_state in TOLD_BY_HAND else None
    row.told_at = None if row.told_at == slip.moved_at else row.told_at


def _forget_what_followed(row: Application, slip: ApplicationMove, by_id: int | None, now: datetime) -> None:
    promise.withdraw_of(row.id, row.candidate_id, now)
    if slip.to_state == ApplicationState.REJECTED:
        if row.kept_in_mind is not None and by_id is not None:
            _as_before(row.candidate_id, slip.moved_at, by_id, now)
        row.kept_in_mind = row.next_on = None
        row.reason = ""
    if slip.to_state == ApplicationState.PLACED:
        row.starts_on = row.ends_on = None
        _stage_back(row.candidate_id, slip.moved_at, by_id, now)


def _as_before(candidate_id: int, told_at: datetime, by_id: int, now: datetime) -> None:
    """What they had said of the talent pool before counts again; nothing means no."""
    older = (
        select(Consent)
        .where(
            Consent.candidate_id == candidate_id,
            Consent.purpose == ConsentPurpose.POOL,
            Consent.channel.is_(None),
            Consent.at < told_at,
        )
        .order_by(Consent.id.desc())
    )
    before = db.session.scalar(older.limit(1))
    said = consent.current(candidate_id).get((ConsentPurpose.POOL, None))
    given = before is not None and before.stands(now)
    if said is not None and said.given != given:
        via, purpose = Via.RECRUITER, ConsentPurpose.POOL
        consenting.tell(candidate_id, purpose, None, given=given, via=via, by_id=by_id, now=now)


def _stage_back(candidate_id: int, moved_at: datetime, by_id: int | None, now: datetime) -> None:
    """The stage that the placement moved goes back, unless it moved on since."""
    them = db.session.get_one(Candidate, candidate_id)
    query = select(StageMove).where(StageMove.candidate_id == candidate_id, StageMove.moved_at == moved_at)
    moved = db.session.scalar(query.order_by(StageMove.id.desc()).limit(1))
    if moved is not None and moved.from_stage and them.stage == moved.to_stage:
        candidates.move(them, Stage(moved.from_stage), reason="", by_id=by_id, now=now)
        db.session.flush()
        retention.reckon(candidate_id, now)
