"""Whether to ask a candidate anew how they want to be reached, and why: preferences change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, func, select

from app.db import UtcDateTime, db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates.address import Channel
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.candidates.question import LAPSES_AFTER, Question
from app.domain.candidates.stage import StageMove

OLD_AFTER = timedelta(days=183)
ANOTHER_WAY = 2
THIS = bindparam("this")
NEWEST = (
    select(func.max(ChannelPreference.id))
    .where(ChannelPreference.candidate_id == THIS, ChannelPreference.purpose == Purpose.CONTACT)
    .scalar_subquery()
)
MOVED = (
    select(func.max(StageMove.moved_at))
    .where(StageMove.candidate_id == THIS, StageMove.from_stage.is_not(None))
    .scalar_subquery()
)
ASKED = (
    select(func.max(Question.asked_at))
    .where(Question.candidate_id == THIS, Question.closed_at.is_(None))
    .scalar_subquery()
)
STANDING = (
    select(
        ContactState.do_not_contact_at,
        ASKED.label("asked_at"),
        ChannelPreference.channel,
        ChannelPreference.recorded_at,
        MOVED.label("moved_at"),
    )
    .outerjoin(ChannelPreference, ChannelPreference.id == NEWEST)
    .where(ContactState.candidate_id == THIS)
)
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


def why_ask(candidate_id: int, now: datetime) -> Reason | None:
    """Why this is a moment to ask; None when it is known well enough, was asked already, or they want to be left alone.

    The reasons are those of the engagement model: never asked, six months old, a move to another stage since, or the
    last two replies since came another way than the preferred one.
    """
    row = db.session.connection().execute(STANDING, {"this": candidate_id}).first()
    if row is None or row.do_not_contact_at or (row.asked_at and row.asked_at > now - LAPSES_AFTER):
        return None
    if row.channel is None:
        return Reason(Why.NEVER_ASKED)
    preferred = Channel(row.channel)
    if row.moved_at and row.moved_at > row.recorded_at:
        return Reason(Why.MOVED, row.moved_at, preferred)
    if row.recorded_at <= now - OLD_AFTER:
        return Reason(Why.OLD, row.recorded_at, preferred)
    return _another_way(candidate_id, preferred, row.recorded_at)


def _another_way(candidate_id: int, preferred: Channel, since: datetime) -> Reason | None:
    replies = db.session.connection().execute(REPLIES, {"this": candidate_id, "since": since}).all()
    if len(replies) < ANOTHER_WAY or any(reply.channel == preferred for reply in replies):
        return None
    return Reason(Why.ANOTHER_WAY, replies[0].occurred_at, preferred, Channel(replies[0].channel))
