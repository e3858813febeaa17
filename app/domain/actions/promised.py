"""What somebody promised, or the house for them: follow-ups, check-ins of placed people, word about applications."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.promise import OPEN, Promise
from app.domain.agency.agency import the_zone
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


def due(person: Person, now: datetime) -> list[Promised]:
    """What a person owes today, and what should have been done before, earliest first."""
    zone = the_zone()
    return all_of(person, clock.midnight(clock.local_day(now, zone) + clock.DAY, zone))


def all_of(person: Person, before: datetime | None = None, limit: int = MOST) -> list[Promised]:
    """Everything that a person owes, earliest first; `before`: only what is due earlier."""
    return sorted([*_promises(person, before, limit), *_answers(person, before, limit)])[:limit]


def of_candidate(candidate_id: int) -> Sequence[Promise]:
    """The open promises to a candidate that belong to no application, whoever made them, earliest first."""
    query = select(Promise).where(Promise.candidate_id == candidate_id, Promise.application_id.is_(None), *OPEN)
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id).limit(MOST)).all()


def _promises(person: Person, before: datetime | None, limit: int) -> list[Promised]:
    query = (
        select(Promise.due_at, Candidate.id, Candidate.name, Promise.kind, Promise.channel, Promise.id)
        .join(Candidate, Candidate.id == Promise.candidate_id)
        .where(Promise.person_id == person.id, *OPEN, PRESENT)
        .order_by(Promise.due_at, Promise.id)
        .limit(limit)
    )
    rows = db.session.execute(query if before is None else query.where(Promise.due_at < before))
    return [
        Promised(due_at, candidate_id, name, What(kind), Channel(channel) if channel else None, promise_id)
        for due_at, candidate_id, name, kind, channel, promise_id in rows
    ]


def _answers(person: Person, before: datetime | None, limit: int) -> list[Promised]:
    owed = ContactState.application_owed_at
    query = (
        select(owed, Candidate.id, Candidate.name)
        .join(Candidate, Candidate.id == ContactState.candidate_id)
        .where(ContactState.owner_id == person.id, owed.is_not(None), PRESENT)
        .order_by(owed, Candidate.id)
        .limit(limit)
    )
    rows = db.session.execute(query if before is None else query.where(owed < before))
    return [Promised(due_at, candidate_id, name, What.ANSWER) for due_at, candidate_id, name in rows if due_at]
