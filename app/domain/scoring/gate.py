"""Why a candidate is not offered now, and from when again; moments are epoch seconds."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from app.domain.scoring.situation import DAY, Situation

REST = 3 * DAY
FATIGUE_WINDOW = 14 * DAY
MOST_UNANSWERED = 3


class Gate(NamedTuple):
    """Without `again_from` it stays closed until somebody changes the reason."""

    reason: str
    again_from: float | None


def gate(situation: Situation, now: float, today: date) -> Gate | None:
    """The gate that stays closed longest, so that "again from" is true; None when the candidate may be contacted."""
    if situation.retention_over:
        return Gate("retention_over", None)
    if situation.permitted_channels is not None and not situation.permitted_channels:
        return Gate("no_channel", None)
    if situation.do_not_contact:
        return Gate("do_not_contact", None)
    if situation.consent_withdrawn:
        return Gate("consent_withdrawn", None)
    closed, opens = None, now
    for reason, until in TIMED:
        moment = until(situation, now, today)
        if moment is not None and moment > opens:
            closed, opens = reason, moment
    return None if closed is None else Gate(closed, opens)


def _paused(situation: Situation, _now: float, _today: date) -> float | None:
    return situation.paused_until


def _claimed(situation: Situation, _now: float, _today: date) -> float | None:
    return situation.claimed_by_colleague_until


def _just_tried(situation: Situation, now: float, today: date) -> float | None:
    """72 hours of rest, unless the candidate reached out since, our word is due, or it was a colleague who failed."""
    last = situation.last_attempt_at
    if last is None or last + REST <= now:
        return None
    if situation.last_inbound_at is not None and situation.last_inbound_at > last:
        return None
    if situation.word_due(now, today):
        return None
    return last + REST if situation.last_attempt_by_me or situation.last_attempt_answered else None


def _resting(situation: Situation, now: float, today: date) -> float | None:
    """As long as they asked for after the last contact, unless they reached out since or our word is due."""
    moments = (situation.last_attempt_at, situation.last_two_way_at)
    last = max((moment for moment in moments if moment is not None), default=None)
    if situation.rest_days is None or last is None:
        return None
    if situation.last_inbound_at is not None and situation.last_inbound_at > last:
        return None
    if situation.word_due(now, today):
        return None
    return last + situation.rest_days * DAY


def _unanswered(situation: Situation, _now: float, _today: date) -> float | None:
    if len(situation.unanswered) < MOST_UNANSWERED:
        return None
    return sorted(situation.unanswered)[-MOST_UNANSWERED] + FATIGUE_WINDOW


def _channel_closed(situation: Situation, _now: float, _today: date) -> float | None:
    return situation.channel_opens_at


TIMED: tuple[tuple[str, Callable[[Situation, float, date], float | None]], ...] = (
    ("paused", _paused),
    ("claimed", _claimed),
    ("resting", _resting),
    ("just_tried", _just_tried),
    ("unanswered", _unanswered),
    ("channel_closed", _channel_closed),
)
