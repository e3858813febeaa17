"""What had to be put right: how much of it was, in time or late, and what is still open."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select

from app.db import db
from app.domain.actions.recovery import Recovery
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.tally import tally


class PutRight(NamedTuple):
    """Of what went wrong in a period: put right within a working day, later, still to be done, and too late already."""

    opened: int
    in_time: int
    late: int
    open: int
    overdue: int


def put_right(scope: Scope, now: datetime) -> PutRight:
    """The figures, as of a moment."""
    row = Recovery
    still = row.closed_at.is_(None)
    query = select(
        func.count(),
        tally(row.closed_at <= row.due_at),
        tally(row.closed_at > row.due_at),
        tally(still),
        tally(and_(still, row.due_at <= now)),
    ).where(*scope.holds(row.opened_at, row.candidate_id))
    return PutRight(*db.session.execute(query).one())
