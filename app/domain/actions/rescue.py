"""A rescue: an application that had stopped was completed after a recruiter was in touch, who is paid for it."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import good_news
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.game import ledger
from app.domain.journey.application import Application
from app.domain.program.action_kind import ActionKind

BONUS = 50
WITHIN = timedelta(days=14)
SOURCE = "rescue"
REASON = "rescue"
HELPING = (TWO_WAY | UNANSWERED) - {Outcome.DO_NOT_CONTACT, Outcome.WRONG_NUMBER}


class Attempt(NamedTuple):
    """The contact after which an application went on; `team_id` is that of whoever made it."""

    action_id: int
    person_id: int
    team_id: int | None
    kind_id: int
    program_id: int


def credit(row: Application, now: datetime, *, silent: bool = False) -> int | None:
    """Pay whoever was in touch last between the stop and the completion; answers who that is, None for nobody.

    It is paid once for an application that stopped, and goes with the action if that is undone. `silent`: it is the
    past, and told to nobody.
    """
    agency, done = the_agency(), row.completed_at
    attempt = _attempt(row)
    if agency is None or done is None or attempt is None:
        return None
    key = hashlib.blake2b(f"rescue {row.candidate_id} {row.stopped_at}".encode(), digest_size=16).digest()
    if ledger.is_known(key):
        return None
    contact_state.hold(row.candidate_id)
    ledger.credit(
        program_id=attempt.program_id,
        person_id=attempt.person_id,
        team_id=attempt.team_id,
        kind=ledger.BONUS,
        action_kind_id=attempt.kind_id,
        rule_version=None,
        points=BONUS,
        reason=REASON,
        occurred_at=done,
        local_date=clock.local_day(done, agency.zone),
        recorded_at=now,
        source="system",
        candidate_id=row.candidate_id,
        source_kind=SOURCE,
        source_id=attempt.action_id,
        nth=None,
        key=key,
        line=0,
        actor_id=None,
    )
    if not silent:
        good_news.of_rescue(attempt, row.candidate_id, done, now)
    return attempt.person_id


def take_back(action_id: int, by_id: int, now: datetime) -> None:
    """The contact was undone: what it rescued was not its doing."""
    ledger.reverse(SOURCE, action_id, by_id=by_id, now=now)


def _attempt(row: Application) -> Attempt | None:
    """The newest contact of a recruiter after the stop, at most fourteen days before the completion."""
    if row.stopped_at is None or row.completed_at is None:
        return None
    action = EngagementAction
    query = (
        select(action.id, Person.id, Person.team_id, action.kind_id, ActionKind.program_id)
        .join(Person, Person.id == action.person_id)
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(
            action.candidate_id == row.candidate_id,
            action.undone_at.is_(None),
            action.outcome.in_(HELPING),
            action.occurred_at > row.stopped_at,
            action.occurred_at >= row.completed_at - WITHIN,
            action.occurred_at <= row.completed_at,
        )
        .order_by(action.occurred_at.desc(), action.id.desc())
    )
    found = db.session.execute(query.limit(1)).first()
    return Attempt(*found) if found else None
