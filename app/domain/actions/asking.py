"""Whether to ask a candidate anew how they want to be reached, and why: preferences change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, bindparam, select

from app.db import UtcDateTime, db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates.address import Channel
from app.domain.candidates.question import LAPSES_AFTER
from app.domain.candidates.standing import Standing

OLD_AFTER = timedelta(days=183)
ANOTHER_WAY = 2
THIS = bindparam("this", type_=Integer())
REPLIES = (
    select(EngagementAction.channel, EngagementAction.occurred_at)
    .where(
        EngagementAction.candidate_id == THIS,
        EngagementAction.outcome == Outcome.REPLIED,
        EngagementAction.undone_at.is_(None),
        EngagementAction.channel.is_not(None),
        EngagementAction.occurred_at > bindparam("since", type_=UtcDateTime()),
    )
    .order_by(EngagementAction.occurred_at.desc(), EngagementAction.id.desc())
    .limit(ANOTHER_WAY)
)


class Why(StrEnum):
    NEVER_ASKED = "never_asked"
    OLD = "old"
    MOVED = "moved"
    ANOTHER_WAY = "another_way"


@dataclass(frozen=True, slots=True)
class Reason:
    """`at` is when it was said, when the stage moved, or when the last reply came; `by` how that reply came."""

    why: Why
    at: datetime | None = None
    preferred: Channel | None = None
    by: Channel | None = None


def why_ask(standing: Standing, now: datetime) -> Reason | None:
    """Why this is a moment to ask; None when it is known well enough, was asked already, or they want to be left alone.

    The reasons are those of the engagement model: never asked, six months old, a move to another stage since, or the
    last two replies since came another way than the preferred one. Mostly without a question to the database.
    """
    state, said, asked_at = standing.state, standing.preference, standing.asked_at
    if state.do_not_contact_at or (asked_at and asked_at > now - LAPSES_AFTER):
        return None
    if said is None:
        return Reason(Why.NEVER_ASKED)
    preferred = Channel(said.channel)
    if standing.moved_at and standing.moved_at > said.recorded_at:
        return Reason(Why.MOVED, standing.moved_at, preferred)
    if said.recorded_at <= now - OLD_AFTER:
        return Reason(Why.OLD, said.recorded_at, preferred)
    if state.last_inbound_at is None or state.last_inbound_at <= said.recorded_at:
        return None
    return _another_way(state.candidate_id, preferred, said.recorded_at)


def _another_way(candidate_id: int, preferred: Channel, since: datetime) -> Reason | None:
    replies = db.session.connection().execute(REPLIES, {"this": candidate_id, "since": since}).all()
    if len(replies) < ANOTHER_WAY or any(reply.channel == preferred for reply in replies):
        return None
    return Reason(Why.ANOTHER_WAY, replies[0].occurred_at, preferred, Channel(replies[0].channel))
