"""What a person logged lately: today's actions, and the candidates whom they contacted last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, bindparam, func, null, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind

MOST = 50


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """An action with whom it was for and what it counts as."""

    action: EngagementAction
    candidate_name: str
    kind: ActionKind


DONE = (
    select(
        EngagementAction.occurred_at,
        EngagementAction.candidate_id,
        Candidate.name,
        null().label("kind"),
        null().label("channel"),
        EngagementAction.id,
    )
    .join(Candidate, Candidate.id == EngagementAction.candidate_id)
    .where(
        EngagementAction.person_id == bindparam("me", type_=Integer()),
        EngagementAction.local_date == bindparam("day", type_=Date()),
        EngagementAction.undone_at.is_(None),
    )
    .order_by(EngagementAction.id.desc())
    .limit(MOST)
)
"""A person's (`me`) actions of a local day that stand, and for whom they were, newest first."""


def contacted_last(person: Person, since: date, limit: int = 5) -> Sequence[Candidate]:
    """The candidates for whom a person logged something since a day, the last one first."""
    action = EngagementAction
    newest = (
        select(action.candidate_id, func.max(action.id).label("newest"))
        .where(action.person_id == person.id, action.local_date >= since, action.undone_at.is_(None))
        .group_by(action.candidate_id)
        .subquery()
    )
    query = visible(person).join(newest, newest.c.candidate_id == Candidate.id)
    return db.session.scalars(query.order_by(newest.c.newest.desc()).limit(limit)).all()
