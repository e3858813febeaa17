"""What somebody promised, or the house for them: follow-ups, check-ins of placed people, word about applications."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, null, select, union_all

from app.db import db
from app.domain.actions.promise import OPEN, Promise
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel

MOST = 100


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


def all_of(person: Person, limit: int = MOST) -> list[Promised]:
    """Everything that a person owes, earliest first."""
    return [from_row(row) for row in db.session.execute(owed(person, limit=limit))]


def owed(person: Person, before: datetime | None = None, limit: int = MOST) -> Select[Any]:
    """The question for everything that a person owes, earliest first; `before`: only what is due earlier."""
    both = union_all(_promises(person), _answers(person)).subquery()
    query = select(both).order_by(both.c.due_at, both.c.id, both.c.promise_id).limit(limit)
    return query if before is None else query.where(both.c.due_at < before)


def from_row(row: Sequence[Any]) -> Promised:
    """A promise from a row of the answer."""
    due_at, candidate_id, name, what, channel, promise_id, *_ = row
    return Promised(due_at, candidate_id, name, What(what), Channel(channel) if channel else None, promise_id)


def of_candidate(candidate_id: int) -> Sequence[Promise]:
    """The open promises to a candidate that belong to no application, whoever made them, earliest first."""
    query = select(Promise).where(Promise.candidate_id == candidate_id, Promise.application_id.is_(None), *OPEN)
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id).limit(MOST)).all()


def _promises(person: Person) -> Select[*tuple[Any, ...]]:
    facts = (
        Promise.due_at,
        Candidate.id,
        Candidate.name,
        Promise.kind,
        Promise.channel,
        Promise.id.label("promise_id"),
    )
    rows = select(*facts).join(Candidate, Candidate.id == Promise.candidate_id)
    return rows.where(Promise.person_id == person.id, *OPEN, PRESENT)


def _answers(person: Person) -> Select[*tuple[Any, ...]]:
    owed, nothing = ContactState.application_owed_at, null()
    rows = select(owed, Candidate.id, Candidate.name, literal(What.ANSWER.value), nothing, nothing)
    rows = rows.join(Candidate, Candidate.id == ContactState.candidate_id)
    return rows.where(ContactState.owner_id == person.id, owed.is_not(None), PRESENT)
