"""What was done with the candidates of a logged list in the week after it: the actions that stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import TABLE
from app.domain.agency.person import Person
from app.domain.scoring.list_log import ROWS, ShownList

FOLLOWED = timedelta(days=7)


class Done(NamedTuple):
    """An action: when, what came of it, and by whom; None for a system."""

    candidate_id: int
    at: datetime
    outcome: str
    by: str | None


def done_after(shown: ShownList) -> Mapping[int, Sequence[Done]]:
    """By candidate, the oldest first, whoever of the agency did it."""
    listed = select(ROWS.c.candidate_id).where(ROWS.c.list_id == shown.id)
    query = (
        select(TABLE.c.candidate_id, TABLE.c.occurred_at, TABLE.c.outcome, Person.name)
        .outerjoin(Person, Person.id == TABLE.c.person_id)
        .where(
            TABLE.c.candidate_id.in_(listed),
            TABLE.c.occurred_at.between(shown.shown_at, shown.shown_at + FOLLOWED),
            TABLE.c.undone_at.is_(None),
        )
        .order_by(TABLE.c.occurred_at, TABLE.c.id)
    )
    found = defaultdict[int, list[Done]](list)
    for row in db.session.execute(query):
        found[row.candidate_id].append(Done(*row))
    return found
