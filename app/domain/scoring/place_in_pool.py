"""Where some of a person's candidates stand in the order of contact: listed, behind others, or behind a gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import pool
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.wanted import Owned, Wanted
from app.domain.scoring import ranked_pool
from app.domain.scoring.contact_next import NextUp

MOST = 8
LISTED = 10
COUNTED = 5000


@dataclass(frozen=True, slots=True)
class Place:
    """`number` counts from 1 among the `of` who may be contacted; None behind a gate, and in a pool of thousands.

    `claimed_by` is with them now.
    """

    next_up: NextUp
    number: int | None
    of: int
    claimed_by: str | None


def found(person: Person, text: str, now: datetime) -> Sequence[Place]:
    """Where those stand, of the person's own candidates, whom a text means; at most eight."""
    ids = pool.ids(person, Wanted(text=text, owned=Owned.MINE), MOST) if text else []
    return _places(person, ids, now) if ids else []


def elsewhere(person: Person, text: str) -> Sequence[tuple[Candidate, str | None]]:
    """Whom a text means among the others that a person may see, and who looks after each."""
    rows = pool.found(person, text, MOST)
    owners = pool.glimpses([row.id for row in rows]) if rows else {}
    return [(row, owners[row.id].owner) for row in rows if row.owner_id != person.id]


def _places(person: Person, ids: Sequence[int], now: datetime) -> Sequence[Place]:
    """A list asks only about those who could be shown; a place in the order takes everybody."""
    everybody = _pool_of(person)
    counted = len(everybody) <= COUNTED
    ranked = ranked_pool.of_owner(person.id, person.id, now, LISTED, also=everybody if counted else ids)
    known = [candidate_id for candidate_id in ids if candidate_id in ranked.ranking.situations]
    cards = ranked.cards([ranked.ranking.why(candidate_id) for candidate_id in known], now)
    order = ranked.ranking.eligible if counted else ()
    numbers, claims = {who: number for number, who in enumerate(order, 1)}, _claims(known, now)
    return [Place(each, numbers.get(each.candidate.id), len(numbers), claims.get(each.candidate.id)) for each in cards]


def _pool_of(person: Person) -> Sequence[int]:
    """Everybody, or one more than are counted."""
    query = select(ContactState.candidate_id).where(ContactState.owner_id == person.id).limit(COUNTED + 1)
    return db.session.scalars(query).all()


def _claims(ids: Sequence[int], now: datetime) -> dict[int, str]:
    query = (
        select(ContactState.candidate_id, Person.name)
        .join(Person, Person.id == ContactState.claimed_by_id)
        .where(ContactState.candidate_id.in_(ids), ContactState.claimed_until > now)
    )
    return {row.candidate_id: row.name for row in db.session.execute(query)}
