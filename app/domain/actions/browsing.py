"""What browsers tell: a page that one opened is nobody's for sure until somebody shows that they look at it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.actions import verdicts
from app.domain.actions.event import Happened
from app.domain.actions.verdicts import SEEN_AFTER, Look
from app.domain.journey import event_name, visit
from app.domain.journey.machine import Verdict
from app.domain.journey.touchpoint_kind import KindRole

LOOKED = timedelta(seconds=3)


class Glance(NamedTuple):
    """Something that a visitor did, which shows that they looked at what they had opened until then."""

    anonymous_id: str
    candidate_id: int | None
    until: datetime


def glance(event: Happened, candidate_id: int | None) -> Glance:
    """Three seconds at a page are a look, and a page's own word that it was seen is one at once."""
    told = event_name.folded(event.event) == event_name.SEEN
    return Glance(event.subject.anonymous_id, candidate_id, event.at if told else event.at - LOOKED)


def judged(event: Happened, role: KindRole, glances: Iterable[Glance]) -> Happened:
    """A visit that nothing shows to be a person's counts for a quarter until something does."""
    if role != KindRole.VISIT or event.verdict != Verdict.HUMAN:
        return event
    mine = (each.until for each in glances if each.anonymous_id == event.subject.anonymous_id)
    looked = any(event.at <= until <= event.at + SEEN_AFTER for until in mine)
    return event if looked else event._replace(verdict=Verdict.UNKNOWN)


def look_back(glances: Sequence[Glance], now: datetime) -> None:
    """What came in before was a person's too, when they looked at it."""
    looks = [Look(each.candidate_id, each.until) for each in glances if each.candidate_id is not None]
    verdicts.seen(looks, now)
    for key in sorted({each.anonymous_id for each in glances if each.candidate_id is None}):
        moments = [each.until for each in glances if each.anonymous_id == key]
        visit.seen(key, min(moments) - SEEN_AFTER, max(moments))
