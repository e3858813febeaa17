"""Actions and promises in the order in which they were recorded, for software that reads them in portions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind

Told = tuple[EngagementAction, str]
TOLD = select(EngagementAction, ActionKind.code).join(ActionKind, ActionKind.id == EngagementAction.kind_id)


@dataclass(frozen=True, slots=True)
class Which:
    """Which actions: those of one candidate, or one's own; `since`: recorded or taken back from then on."""

    candidate_id: int | None = None
    since: datetime | None = None


def actions(person: Person, which: Which, after: int | None, limit: int) -> Sequence[Told]:
    """One's own actions, or everybody's for one candidate whom one may see; each with the code of its kind.

    Since a moment also what colleagues took back: whoever read it before must hear of that.
    """
    recorded, undone = EngagementAction.recorded_at, EngagementAction.undone_at
    whose = _whose(person, which.candidate_id)
    if which.since is None:
        query = TOLD.where(whose, *_told_to(person))
    else:
        seen = EngagementAction.candidate_id.in_(_seen(person))
        query = TOLD.where(whose, seen, (recorded >= which.since) | (undone >= which.since))
    query = query.order_by(EngagementAction.id).limit(limit)
    if after is not None:
        query = query.where(EngagementAction.id > after)
    return [(action, code) for action, code in db.session.execute(query)]


def action(person: Person, action_id: int) -> Told | None:
    """One for a candidate whom one may see."""
    return _one(action_id, *_told_to(person))


def ever(person: Person, action_id: int) -> Told | None:
    """As above, also what a colleague took back: for whoever takes it back, and asks for that again."""
    return _one(action_id, EngagementAction.candidate_id.in_(_seen(person)))


def promises(person: Person, candidate_id: int | None, after: int | None, limit: int) -> Sequence[Promise]:
    """What one promised and is still owed, or what anybody owes one candidate whom one may see."""
    still = select(Promise).where(Promise.kept_at.is_(None), Promise.withdrawn_at.is_(None))
    whose = Promise.person_id == person.id if candidate_id is None else Promise.candidate_id == candidate_id
    query = still.where(whose, Promise.candidate_id.in_(_seen(person)), Promise.id > (after or 0))
    return db.session.scalars(query.order_by(Promise.id).limit(limit)).all()


def promise(person: Person, promise_id: int) -> Promise | None:
    """One to a candidate whom one may see."""
    return db.session.scalar(select(Promise).where(Promise.id == promise_id, Promise.candidate_id.in_(_seen(person))))


def _one(action_id: int, *told_to: ColumnElement[bool]) -> Told | None:
    row = db.session.execute(TOLD.where(EngagementAction.id == action_id, *told_to)).first()
    return (row[0], row[1]) if row else None


def _whose(person: Person, candidate_id: int | None) -> ColumnElement[bool]:
    mine = EngagementAction.person_id == person.id
    return mine if candidate_id is None else EngagementAction.candidate_id == candidate_id


def _told_to(person: Person) -> tuple[ColumnElement[bool], ...]:
    """For whom one may see, without what colleagues took back."""
    mine = EngagementAction.person_id == person.id
    return EngagementAction.candidate_id.in_(_seen(person)), mine | EngagementAction.undone_at.is_(None)


def _seen(person: Person) -> Select[int]:
    return visible(person).with_only_columns(Candidate.id)
