"""The note of an action, rewritten by whoever wrote it within a day: what should not be kept is not kept."""

from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions.action import UNDO_WITHIN
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import LARGEST_ID, Candidate, visible


def own(person: Person, action_id: int, now: datetime) -> tuple[EngagementAction, Candidate] | None:
    """One's own action of the last day that stands, and whom it was for; None when it is not one's own to change."""
    if not 0 < action_id <= LARGEST_ID:
        return None
    found = db.session.scalar(
        select(EngagementAction).where(
            EngagementAction.id == action_id,
            EngagementAction.person_id == person.id,
            EngagementAction.undone_at.is_(None),
            EngagementAction.recorded_at >= now - UNDO_WITHIN,
        )
    )
    candidate = db.session.scalar(visible(person).where(Candidate.id == found.candidate_id)) if found else None
    return (found, candidate) if found and candidate else None


def rewrite(action: EngagementAction, text: str) -> None:
    """Put other words in the place of the note; no words take it away."""
    action.note = text or None
    db.session.flush()
