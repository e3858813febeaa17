"""What a recruiter tells of an application: in procedure, interviewed, rejected, placed or not; and what follows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from app import clock
from app.db import db
from app.domain.actions import check_ins, owed, promise, unfinished
from app.domain.actions.promise import PromiseKind
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates import candidate as candidates
from app.domain.candidates import consenting, contact_state, retention
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.journey import vacancy
from app.domain.journey.application import BY_ITSELF, Application, ApplicationMove, ApplicationState, of_many

AT = 9 * 60
TOLD_BY_HAND = frozenset(ApplicationState) - BY_ITSELF


@dataclass(frozen=True, slots=True)
class Rejection:
    """`told`: they know, and why. `kept_in_mind`: what they said to that; None when nobody asked."""

    reason: str = ""
    told: bool = False
    kept_in_mind: bool | None = None
    next_on: date | None = None


def begin(them: Candidate, title: str, by: Person, now: datetime) -> Application:
    """Somebody applied without the website: in procedure from now on. What there is already is that one."""
    return take_up(them, vacancy.by_hand(title), by, now)


def take_up(them: Candidate, vacancy_id: int, by: Person, now: datetime) -> Application:
    """The same, for a vacancy that is known."""
    contact_state.lock(them.id)
    known = of_many([them.id], [vacancy_id]).get((them.id, vacancy_id))
    if known is not None:
        return known
    row = Application(
        candidate_id=them.id,
        vacancy_id=vacancy_id,
        state=ApplicationState.IN_PROCEDURE,
        state_at=now,
        started_at=now,
        active_at=now,
        changed_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    _write_move(row, None, ApplicationState.IN_PROCEDURE, by, now)
    owed.tell(them.id, now)
    return row


def move(row: Application, to: ApplicationState, by: Person, now: datetime) -> bool:
    """Tell how far an application is; staying is no move. Whoever leaves a placement is not checked on any more."""
    contact_state.lock(row.candidate_id)
    db.session.refresh(row)
    before = ApplicationState(row.state)
    if before == to:
        return False
    if before == ApplicationState.STARTED:
        unfinished.close(row.candidate_id, "a recruiter took it up", now)
    if before == ApplicationState.PLACED or promise.planned_of([row.id]):
        promise.withdraw_of(row.id, row.candidate_id, now)
    row.state, row.state_at, row.changed_by_id = to, now, by.id
    _write_move(row, before, to, by, now)
    db.session.flush()
    owed.tell(row.candidate_id, now)
    return True


def reject(row: Application, how: Rejection, by: Person, now: datetime) -> None:
    """They do not get it: whether they know and why, whether we may keep them in mind, and when they hear from us."""
    move(row, ApplicationState.REJECTED, by, now)
    row.reason, row.kept_in_mind, row.next_on = how.reason, how.kept_in_mind, how.next_on
    row.told_at = now if how.told else row.told_at
    if how.kept_in_mind is not None:
        consenting.tell(
            row.candidate_id,
            ConsentPurpose.POOL,
            None,
            given=how.kept_in_mind,
            via=Via.RECRUITER,
            by_id=by.id,
            now=now,
        )
    promise.withdraw_of(row.id, row.candidate_id, now)
    if how.next_on is not None:
        due, owner_id = clock.wall(how.next_on, AT, the_zone()), _owner(row, by)
        promise.make(
            row.candidate_id,
            owner_id,
            due,
            channel=None,
            action_id=None,
            now=now,
            kind=PromiseKind.AGREED,
            application_id=row.id,
        )
    db.session.flush()


def place(row: Application, starts_on: date, ends_on: date | None, by: Person, now: datetime) -> None:
    """They get it: the stage moves along and the check-ins are promised; other days are promised anew."""
    moved = move(row, ApplicationState.PLACED, by, now)
    row.starts_on, row.ends_on = starts_on, ends_on
    them = db.session.get_one(Candidate, row.candidate_id)
    if moved:
        candidates.move(them, Stage.CONVERT, reason="", by_id=by.id, now=now)
        db.session.flush()
        retention.reckon(them.id, now)
    check_ins.plan(row, _owner(row, by), now)
    db.session.flush()


def call_off(row: Application, now: datetime) -> None:
    """They do not begin after all, or are there no longer: nobody checks in. What became of it is told by hand."""
    contact_state.lock(row.candidate_id)
    promise.withdraw_of(row.id, row.candidate_id, now)


def give_word(row: Application, now: datetime) -> None:
    """They have heard from us about it, in a way that nobody logged."""
    contact_state.lock(row.candidate_id)
    row.told_at = now
    db.session.flush()
    owed.tell(row.candidate_id, now)


def take_word_back(row: Application, now: datetime) -> None:
    """They had not heard after all."""
    contact_state.lock(row.candidate_id)
    db.session.execute(update(Application).where(Application.id == row.id).values(told_at=None))
    db.session.refresh(row)
    owed.tell(row.candidate_id, now)


def _owner(row: Application, by: Person) -> int:
    """Who keeps what is promised: whoever looks after the candidate, else whoever tells it."""
    return db.session.get_one(Candidate, row.candidate_id).owner_id or by.id


def _write_move(
    row: Application, before: ApplicationState | None, to: ApplicationState, by: Person, now: datetime
) -> None:
    db.session.add(
        ApplicationMove(
            application_id=row.id,
            candidate_id=row.candidate_id,
            from_state=before,
            to_state=to,
            moved_by_id=by.id,
            moved_at=now,
        )
    )
