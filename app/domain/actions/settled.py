"""What became of something that a vendor told: it had its effect, it had none, or it waits for somebody."""

from enum import StrEnum
from typing import NamedTuple

from app.domain.actions.event import Fate


class Outcome(StrEnum):
    """What an event of a vendor was taken for."""

    NOTHING = "nothing to do"
    PASSED = "passed over"
    ELSEWHERE = "of another account"
    TAKEN = "a touchpoint"
    KNOWN = "known already"
    UNFOLLOWED = "the candidate is not followed"
    CLOSED = "no more on this channel"
    OPENED = "welcome on this channel again"
    OVERTAKEN = "they said otherwise since"
    REFUSES = "the address refuses messages"
    ONE_PERSON = "numbers of one person"
    FORGET = "wants to be forgotten"
    STRANGER = "nobody we know yet"
    ANOTHER = "another id with a known number"
    AMBIGUOUS = "more than one candidate"
    RENEWED = "told anew since"


class Settled(NamedTuple):
    """`waits_for`: the number or address of somebody who is not known yet; None: it is done with.

    `is_wish`: they said whether they want to hear from us.
    """

    outcome: str
    waits_for: str | None = None
    is_wish: bool = False


FATES = {Fate.ACCEPTED: Outcome.TAKEN, Fate.DUPLICATE: Outcome.KNOWN, Fate.UNFOLLOWED: Outcome.UNFOLLOWED}
"""What became of a touchpoint whose candidate and kind were known."""
