"""What came of a contact: the outcome that a recruiter chooses by one key, the kind it logs and what it changes."""

from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """In the order of their keys; the first six are 1 to 6."""

    SPOKE = "spoke"
    MESSAGE_SENT = "message_sent"
    NO_ANSWER = "no_answer"
    APPOINTMENT = "appointment"
    LATER = "later"
    REPLIED = "replied"
    WRONG_NUMBER = "wrong_number"
    HAS_WORK = "has_work"
    DO_NOT_CONTACT = "do_not_contact"
    DONE = "done"


class Effect(StrEnum):
    """What an action changes in the contact state."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    HEARD = "heard"
    TOLD = "told"
    NOTHING = "nothing"


KEYS = MappingProxyType({str(key): outcome for key, outcome in enumerate(list(Outcome)[:6], 1)})
KINDS = MappingProxyType(
    {
        Outcome.SPOKE: "conversation",
        Outcome.MESSAGE_SENT: "message",
        Outcome.NO_ANSWER: "attempt",
        Outcome.APPOINTMENT: "appointment",
        Outcome.LATER: "conversation",
        Outcome.REPLIED: "inbound",
        Outcome.WRONG_NUMBER: "attempt",
        Outcome.HAS_WORK: "conversation",
        Outcome.DO_NOT_CONTACT: "refusal",
    }
)
UNANSWERED = frozenset((Outcome.MESSAGE_SENT, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER))
TWO_WAY = frozenset(KINDS) - UNANSWERED
"""The candidate took part: these keep a promise that is due."""

QUIET = timedelta(days=60)
REPLY_WITHIN = timedelta(days=14)


def better_kind(code: str, at: datetime, last_two_way_at: datetime | None, *, on_time: bool) -> str:
    """A conversation counts as more when a sleeper woke up, or when it keeps a promise on its day."""
    if code != "conversation":
        return code
    if last_two_way_at is not None and at - last_two_way_at >= QUIET:
        return "reengaged"
    return "promise_kept" if on_time else code


def effect_of(outcome: Outcome, code: str, place_class: str | None, *, two_way: bool) -> Effect:
    """What an action with this outcome changes; for `done` its kind says so."""
    if outcome is Outcome.REPLIED:
        return Effect.HEARD
    if outcome in TWO_WAY or (outcome is Outcome.DONE and two_way):
        return Effect.ANSWERED
    if outcome in UNANSWERED or place_class == "attempt":
        return Effect.UNANSWERED
    return Effect.TOLD if code == "status_update" else Effect.NOTHING
