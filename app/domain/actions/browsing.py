"""What browsers tell: a page that one opened is nobody's for sure until somebody shows that they look at it."""

from collections.abc import Iterable, Mapping, Sequence
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


def moments(glances: Iterable[Glance]) -> dict[str, list[datetime]]:
    """Until when each visitor looked."""
    found: dict[str, list[datetime]] = {}
    for each in glances:
        found.setdefault(each.anonymous_id, []).append(each.until)
    return found


def judged(event: Happened, role: KindRole, looked: Mapping[str, Iterable[datetime]]) -> Happened:
    """A visit that nothing shows to be a person's counts for a quarter until something does."""
    if role != KindRole.VISIT or event.verdict != Verdict.HUMAN:
        return event
    mine = looked.get(event.subject.anonymous_id, ())
    return event if _was_looked_at(event.at, mine) else event._replace(verdict=Verdict.UNKNOWN)


def _was_looked_at(at: datetime, looked: Iterable[datetime]) -> bool:
    return any(at <= until <= at + SEEN_AFTER for until in looked)


def look_back(glances: Sequence[Glance], now: datetime) -> None:
    """What came in before was a person's too, when they looked at it."""
    looks = [Look(each.candidate_id, each.until) for each in glances if each.candidate_id is not None]
    if looks:
        verdicts.seen(looks, now)
    strangers = moments(each for each in glances if each.candidate_id is None)
    if strangers:
        first = min(until for looked in strangers.values() for until in looked) - SEEN_AFTER
        unsure = visit.unsure(strangers, first)
        visit.settle([id_ for id_, key, at in unsure if _was_looked_at(at, strangers[key])])
