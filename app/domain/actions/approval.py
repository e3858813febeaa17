"""Approval: a lead, the sponsor or an administrator says that what a colleague logged came to be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select, true, update
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions import verification
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.verification import Evidence, Verification
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind

LATELY = timedelta(days=30)
MOST = 100
_by = aliased(Person)


class Waiting(NamedTuple):
    """An action that waits for its proof; `candidate` is None when the viewer may not see who it was."""

    action_id: int
    candidate_id: int
    candidate: str | None
    person_id: int
    person: str
    kind: ActionKind
    at: datetime
    owing: int


def waiting_for(viewer: Person, now: datetime, limit: int = MOST) -> Sequence[Waiting]:
    """What waits for this viewer's word, newest first; never their own, and not what is long ago."""
    query = (
        select(
            Verification.action_id,
            Verification.candidate_id,
            Candidate.name,
            _by.id,
            _by.name,
            ActionKind,
            EngagementAction.occurred_at,
            Verification.owing,
        )
        .join(EngagementAction, EngagementAction.id == Verification.action_id)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .join(_by, _by.id == Verification.person_id)
        .outerjoin(Candidate, (Candidate.id == Verification.candidate_id) & Candidate.id.in_(_seen_by(viewer)))
        .where(*_open(viewer), EngagementAction.occurred_at > now - LATELY)
        .order_by(EngagementAction.occurred_at.desc(), EngagementAction.id.desc())
    )
    return [Waiting(*row) for row in db.session.execute(query.limit(limit))]


def approve(viewer: Person, action_id: int, now: datetime) -> int | None:
    """Say that it came to be; answers the points, None when it is not the viewer's to say or waits no more."""
    if not _may(viewer, action_id):
        return None
    return verification.prove(action_id, Evidence.APPROVAL, now, by_id=viewer.id) or None


def decline(viewer: Person, action_id: int, now: datetime) -> bool:
    """Take it off the list; a reply may still prove it. False when it is not the viewer's to say."""
    if not _may(viewer, action_id):
        return False
    row = update(Verification).where(Verification.action_id == action_id, Verification.evidence.is_(None))
    db.session.execute(row.values(declined_at=now))
    return True


def _may(viewer: Person, action_id: int) -> bool:
    query = select(Verification.action_id).join(EngagementAction, EngagementAction.id == Verification.action_id)
    mine = query.join(_by, _by.id == Verification.person_id)
    return db.session.scalar(mine.where(Verification.action_id == action_id, *_open(viewer))) is not None


def _open(viewer: Person) -> tuple[ColumnElement[bool], ...]:
    """A lead speaks for the own team, the sponsor and an administrator for everybody, nobody for themselves."""
    all_of_them = viewer.role in {Role.ADMIN, Role.SPONSOR}
    team = viewer.team_id if viewer.role == Role.LEAD else None
    return (
        Verification.evidence.is_(None),
        Verification.declined_at.is_(None),
        EngagementAction.undone_at.is_(None),
        Verification.person_id != viewer.id,
        true() if all_of_them else _by.team_id == (team or 0),
    )


def _seen_by(viewer: Person) -> Select[int]:
    return visible(viewer).with_only_columns(Candidate.id)
