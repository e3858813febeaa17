"""What somebody promised, or the house for them: follow-ups, check-ins of placed people, word about applications."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, literal, null, select, union_all

from app.db import UtcDateTime, db
from app.domain.actions.promise import OPEN, Promise
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel

MOST = 100
ME = bindparam("me", type_=Integer())
PROMISES = (
    select(Promise.due_at, Candidate.id, Candidate.name, Promise.kind, Promise.channel, Promise.id.label("promise_id"))
    .join(Candidate, Candidate.id == Promise.candidate_id)
    .where(Promise.person_id == ME, *OPEN, PRESENT)
)
ANSWERS = (
    select(
        ContactState.application_owed_at,
        Candidate.id,
        Candidate.name,
        literal("answer"),
        null().label("channel"),
        null().label("promise_id"),
    )
    .join(Candidate, Candidate.id == ContactState.candidate_id)
    .where(ContactState.owner_id == ME, ContactState.application_owed_at.is_not(None), PRESENT)
)
OWED = union_all(PROMISES, ANSWERS).subquery()
ALL = select(OWED).order_by(OWED.c.due_at, OWED.c.id, OWED.c.promise_id).limit(MOST)
"""Everything that a person (`me`) owes, earliest first."""
DUE = ALL.where(OWED.c.due_at < bindparam("before", type_=UtcDateTime()))


class What(StrEnum):
    """The kinds of promises, and the ANSWER that somebody who applied waits for."""

    AGREED = "agreed"
    CHECK_IN = "check_in"
    REDEPLOY = "redeploy"
    ANSWER = "answer"


class Promised(NamedTuple):
    """To whom, what and by when; `promise_id` is None for an answer, which ends when it is given."""

    due_at: datetime
    candidate_id: int
    name: str
    what: What
    channel: Channel | None = None
    promise_id: int | None = None


def all_of(person: Person) -> list[Promised]:
    """Everything that a person owes, earliest first."""
    return [from_row(row) for row in db.session.execute(ALL, {"me": person.id})]


def from_row(row: Sequence[Any]) -> Promised:
    """A promise from a row of the answer."""
    due_at, candidate_id, name, what, channel, promise_id, *_ = row
    return Promised(due_at, candidate_id, name, What(what), Channel(channel) if channel else None, promise_id)


def of_candidate(candidate_id: int) -> Sequence[Promise]:
    """The open promises to a candidate that belong to no application, whoever made them, earliest first."""
    query = select(Promise).where(Promise.candidate_id == candidate_id, Promise.application_id.is_(None), *OPEN)
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id).limit(MOST)).all()
