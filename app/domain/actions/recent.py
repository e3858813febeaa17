"""What a person logged lately: today's actions, and the candidates whom they contacted last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, null, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """An action with whom it was for and what it counts as."""

    action: EngagementAction
    candidate_name: str
    kind: ActionKind


def done_on(person_id: int, day: date, limit: int = 50) -> Select[*tuple[Any, ...]]:
    """The question for a person's actions of a local day that stand, and for whom they were, newest first."""
    action, nothing = EngagementAction, (null().label("kind"), null().label("channel"))
    done = select(action.occurred_at, action.candidate_id, Candidate.name, *nothing, action.id)
    mine = action.person_id == person_id, action.local_date == day, action.undone_at.is_(None)
    return (
        done.join(Candidate, Candidate.id == action.candidate_id).where(*mine).order_by(action.id.desc()).limit(limit)
    )


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
