"""A claim: who works a candidate's card has the candidate to themselves for ten minutes, and colleagues see it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState

LASTS = timedelta(minutes=10)


class Standing(NamedTuple):
    """`colleague`: the name of whoever else is at work with the candidate; None when nobody is, or one is oneself."""

    spoke_at: datetime | None
    colleague: str | None


def take(person: Person, candidate_id: int, now: datetime) -> bool:
    """Claim a candidate, or keep them for another ten minutes; False while a colleague is at work with them."""
    return contact_flags.claimed(candidate_id, person.id, now, now + LASTS)


def turn(person: Person, candidate_id: int, left_id: int | None, now: datetime) -> ContactState | None:
    """The same, leaving another one to others; how the candidate stands, or None while a colleague is at work."""
    return contact_flags.turned(candidate_id, left_id, person.id, now, now + LASTS)


def release(person: Person, candidate_id: int) -> None:
    """Leave the candidate to others."""
    contact_flags.unclaimed(candidate_id, person.id)


def standing(person: Person, candidate_id: int, now: datetime) -> Standing:
    """When there last was a conversation with a candidate, and the colleague who is at work with them now."""
    at_it = (Person.id == ContactState.claimed_by_id) & (ContactState.claimed_until > now) & (Person.id != person.id)
    query = select(ContactState.last_two_way_at, Person.name).outerjoin(Person, at_it)
    return Standing(*db.session.execute(query.where(ContactState.candidate_id == candidate_id)).one())


def colleagues(person: Person, candidate_ids: Collection[int], now: datetime) -> dict[int, str]:
    """Of some candidates, the name of the colleague who is at work with them now."""
    query = (
        select(ContactState.candidate_id, Person.name)
        .join(Person, Person.id == ContactState.claimed_by_id)
        .where(ContactState.candidate_id.in_(candidate_ids), ContactState.claimed_until > now, Person.id != person.id)
    )
    return {row.candidate_id: row.name for row in db.session.execute(query)} if candidate_ids else {}
