"""What the database knows of one candidate, as its driver gives it: the columns of the question about a pool."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

Given = str | datetime
"""A moment: as it is written, or read."""


class Fact(NamedTuple):
    """`wished` is the channel that they prefer, `hindered` whether anything beside their state keeps us from them."""

    id: int
    registered_at: Given
    stage: str
    keep_until: Given | None
    wished: str | None
    hindered: bool | int
    last_two_way_at: Given | None
    last_attempt_at: Given | None
    last_attempt_by_id: int | None
    last_attempt_answered: bool | int
    last_inbound_at: Given | None
    unanswered_1: Given | None
    unanswered_2: Given | None
    unanswered_3: Given | None
    attempts: int
    answers: int
    reach: str | Mapping[str, Sequence[int]] | None
    promise_due_at: Given | None
    promise_kind: str | None
    trigger: str | None
    trigger_at: Given | None
    tau: float | None
    fan_since: Given | None
    coming_back_at: Given | None
    application_state: str | None
    application_owed_at: Given | None
    recovery_due_at: Given | None
    rest_days: int | None
    cadence_days: int | None
    paused_until: Given | None
    do_not_contact_at: Given | None
    claimed_by_id: int | None
    claimed_until: Given | None


class Moments(NamedTuple):
    """The moments of a fact in epoch seconds; `tried`, `spoke` and `heard` are the last time of each."""

    tried: float | None
    spoke: float | None
    heard: float | None
    promised: float | None
    application_owed: float | None
    recovery_due: float | None
    triggered: float | None
    kept_until: float | None
    paused_until: float | None
    claimed_until: float | None


def moments_of(fact: Fact, seconds: Callable[[Any], float]) -> Moments:
    """`seconds` reads a moment as the engine gives it."""
    given = (
        fact.last_attempt_at,
        fact.last_two_way_at,
        fact.last_inbound_at,
        fact.promise_due_at,
        fact.application_owed_at,
        fact.recovery_due_at,
        fact.trigger_at,
        fact.keep_until,
        fact.paused_until,
        fact.claimed_until,
    )
    return Moments._make([None if moment is None else seconds(moment) for moment in given])
