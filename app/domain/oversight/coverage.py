"""Coverage: who was contacted in time for their stage, and who waits too long."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_

from app.domain.candidates.candidate import Candidate
from app.domain.oversight.contact import LAST_CONTACT, Terms, due_since, reachable


class Coverage(NamedTuple):
    """Of the owned candidates whose turn came: contacted in time, or waiting too long."""

    on_time: int
    late: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that all means all; None while nobody's turn came."""
        whole = self.on_time + self.late
        return self.on_time * 100 // whole if whole else None


OWNED = Candidate.owner_id.is_not(None)


def late(at: datetime, on_time: ColumnElement[bool], within: Terms) -> ColumnElement[bool]:
    """Owned, reachable, a whole cadence with us, and not contacted in that time."""
    return and_(OWNED, reachable(at), Candidate.registered_at < due_since(at, within), ~on_time)


def on_time_now(now: datetime, within: Terms) -> ColumnElement[bool]:
    """Contacted within the cadence, as the running row per candidate says."""
    return due_since(now, within) <= LAST_CONTACT
