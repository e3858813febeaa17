"""Taking over a candidate whom nobody looks after: the first has them, and a slip is given back."""

from datetime import datetime

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate, assign


def take_over(person: Person, candidate_id: int, now: datetime) -> bool:
    """Become the owner of a candidate whom nobody looks after; False when somebody was quicker."""
    return _hand(candidate_id, None, person.id, now)


def give_back(person: Person, candidate_id: int, now: datetime) -> bool:
    """Undo of taking over; False when somebody else looks after them by now."""
    return _hand(candidate_id, person.id, None, now)


def _hand(candidate_id: int, from_id: int | None, to_id: int | None, now: datetime) -> bool:
    contact_state.hold(candidate_id)
    candidate = db.session.get_one(Candidate, candidate_id, with_for_update=True, populate_existing=True)
    if candidate.owner_id != from_id:
        return False
    assign(candidate, to_id, now)
    return True
