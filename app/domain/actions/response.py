"""What candidates do, taken in: the touchpoint, the score, the contact state and the reply's reward, in one go."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.db import db
from app.domain.actions import applying, history, news, reply, verification
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_state, hot_trigger
from app.domain.journey import touchpoint, verdict
from app.domain.journey.machine import Verdict
from app.domain.journey.touchpoint import Hit, Recorded, Scored, Touchpoint
from app.domain.journey.touchpoint_kind import REPLY, KindRole
from app.domain.scoring import engagement

MOST = 500
TURNING_TO_US = frozenset((KindRole.INBOUND, KindRole.FORM))


class Taken(NamedTuple):
    """Not `fresh`: the same touchpoint had been taken in before, and nothing changed."""

    touchpoint_id: int | None
    fresh: bool
    bonus: int = 0


PASSED = Taken(None, fresh=False)


def take_in(hit: Hit, now: datetime) -> Taken:
    """Take one touchpoint in."""
    return take_in_many([hit], now)[0]


def take_in_many(hits: Sequence[Hit], now: datetime, *, silent: bool = False) -> list[Taken]:
    """Take at most five hundred touchpoints in, in any order; the answers are in theirs.

    The candidates are held first: of whom somebody forgot in the meantime nothing is taken in. `silent`: they are the
    past, from a file or counted anew, so nobody is alerted or nudged about them.

    Raises:
        ValueError: there are more than one transaction should carry.
    """
    if len(hits) > MOST:
        raise ValueError(f"at most {MOST} touchpoints at once")
    there = contact_state.hold_many({hit.candidate_id for hit in hits})
    present = [hit for hit in hits if hit.candidate_id in there]
    taken = dict(zip(map(id, present), _take_in(present, now, silent=silent), strict=True))
    return [taken.get(id(hit), PASSED) for hit in hits]


def _take_in(hits: Sequence[Hit], now: datetime, *, silent: bool) -> list[Taken]:
    recorded = touchpoint.record_many(hits, now, the_zone())
    fresh = [each for each in recorded if each.id is not None]
    warmed = engagement.apply([_scored(each.id, each) for each in fresh if each.id is not None], now)
    _contact(fresh)
    taken = [Taken(each.id, each.id is not None, _reward(each, now)) for each in recorded]
    applying.follow(fresh, now, silent=silent)
    news.tell(fresh, warmed, now, silent=silent)
    return taken


def _scored(touchpoint_id: int, recorded: Recorded) -> Scored:
    hit = recorded.hit
    return Scored(touchpoint_id, hit.candidate_id, hit.kind, hit.occurred_at, recorded.local_date, hit.verdict)


def _contact(recorded: Sequence[Recorded]) -> None:
    """The candidate turned to us, not a machine: attempts before it are answered, a form asks for a contact now."""
    heard: dict[int, datetime] = {}
    forms: dict[int, datetime] = {}
    for hit, role in ((each.hit, each.role) for each in recorded if each.hit.verdict == Verdict.HUMAN):
        for newest, wanted in ((heard, TURNING_TO_US), (forms, (KindRole.FORM,))):
            if role in wanted and newest.get(hit.candidate_id, hit.occurred_at) <= hit.occurred_at:
                newest[hit.candidate_id] = hit.occurred_at
    contact_state.inbound_many(heard.items())
    hot_trigger.triggered_many((candidate_id, "form", at) for candidate_id, at in forms.items())


def _reward(recorded: Recorded, now: datetime) -> int:
    hit, evidence = recorded.hit, verification.EVIDENCE.get(recorded.hit.kind)
    if recorded.id is None or evidence is None or hit.verdict != Verdict.HUMAN:
        return 0
    if hit.recorded_by_id is None:
        verification.seen(hit.candidate_id, evidence, hit.occurred_at, now)
    if hit.kind != REPLY:
        return 0
    return reply.reward(hit.candidate_id, hit.occurred_at, recorded.local_date, now)


def take_back(touchpoint_id: int, now: datetime) -> Touchpoint | None:
    """Reverse a touchpoint that was wrong: the score and the contact state are as if it had never been.

    A reward that a recruiter got for it stays. None when there is no such touchpoint that stands.
    """
    contact_state.hold_many(verdict.whose([touchpoint_id]))  # first, as whoever takes touchpoints in does
    found = touchpoint.take_back(touchpoint_id, now)
    if found is not None:
        db.session.flush()
        engagement.replay(found.candidate_id, now)
        history.rebuild(found.candidate_id)
        applying.again([found.candidate_id], now)
        news.look_again((), [found.candidate_id], now)
    return found
