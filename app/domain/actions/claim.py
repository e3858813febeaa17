"""A claim: who works a candidate's card has the candidate to themselves for ten minutes, and colleagues see it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState

LASTS = timedelta(minutes=10)


def take(person: Person, candidate_id: int, now: datetime) -> bool:
    """Claim a candidate, or keep them for another ten minutes; False while a colleague is at work with them."""
    return contact_flags.claimed(candidate_id, person.id, now, now + LASTS)


def release(person: Person, candidate_id: int) -> None:
    """Leave the candidate to others."""
    contact_flags.unclaimed(candidate_id, person.id)


def colleague(person: Person, candidate_id: int, now: datetime) -> str | None:
    """The name of the colleague who is at work with a candidate now; None when nobody is, or one is it oneself."""
    return db.session.scalar(
        select(Person.name)
        .join(ContactState, ContactState.claimed_by_id == Person.id)
        .where(ContactState.candidate_id == candidate_id, ContactState.claimed_until > now, Person.id != person.id)
    )
