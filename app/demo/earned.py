"""What the demo's actions earned besides: proofs of most appointments, and today's contacts with their bonuses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.actions import action, verification
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.verification import Evidence, Verification
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.preference import preferred

OPEN_EACH = 4
"""One in so many waits for somebody's word."""

CONTACTS = (Outcome.SPOKE, Outcome.APPOINTMENT, Outcome.SPOKE)
HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=4)


def prove(now: datetime) -> None:
    """A reply or the calendar showed a day later that most of it came to be."""
    query = select(Verification.action_id, EngagementAction.occurred_at).join(
        EngagementAction, EngagementAction.id == Verification.action_id
    )
    for number, (action_id, at) in enumerate(db.session.execute(query.order_by(Verification.action_id)).all()):
        if number % OPEN_EACH:
            evidence = Evidence.REPLY if number % 2 else Evidence.CALENDAR
            verification.prove(action_id, evidence, min(at + timedelta(days=1), now))


def contact(people: Sequence[Person], now: datetime) -> None:
    """Contacts of this morning with whoever waited longest, on the channel that they prefer, by one after the other."""
    done = [
        (now - (number + 1) * HOUR / 4 - minute * MINUTES, person, candidate, CONTACTS[number])
        for minute, person in enumerate(people)
        for number, candidate in enumerate(_waiting(person))
    ]
    for at, person, candidate, outcome in sorted(done, key=lambda each: each[0]):
        action.log(person, candidate, outcome, at=at, now=at, channel=preferred(candidate.id))


def _waiting(person: Person) -> Sequence[Candidate]:
    waiting = (
        select(Candidate)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .where(Candidate.owner_id == person.id, ContactState.last_attempt_at.is_not(None))
        .where(ContactState.do_not_contact_at.is_(None), ContactState.promise_due_at.is_(None))
        .order_by(ContactState.last_attempt_at, Candidate.id)
    )
    return db.session.scalars(waiting.limit(len(CONTACTS))).all()
