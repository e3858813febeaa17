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
    return late_since(at, on_time, due_since(at, within))


def late_since(at: datetime, on_time: ColumnElement[bool], since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """The same, by the moment after which they must have been contacted."""
    return and_(OWNED, reachable(at), Candidate.registered_at < since, ~on_time)


def on_time_now(now: datetime, within: Terms) -> ColumnElement[bool]:
    """Contacted within the cadence, as the running row per candidate says."""
    return due_since(now, within) <= LAST_CONTACT
