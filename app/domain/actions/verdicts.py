"""Verdicts that come later: what a machine earned is taken back with all that followed, what a person did counts."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.db import db
from app.domain.actions import alerting, applying, history, news
from app.domain.actions.response import TURNING_TO_US
from app.domain.candidates import contact_flags, contact_state, hot_trigger
from app.domain.journey import settling, verdict
from app.domain.journey.application_steps import APPLYING
from app.domain.journey.machine import Verdict
from app.domain.journey.settling import Click
from app.domain.journey.touchpoint_kind import KindRole
from app.domain.journey.verdict import Changed
from app.domain.notices.alert import AlertKind
from app.domain.scoring import engagement

SEEN_AFTER = timedelta(minutes=30)
MOST = 500


class Look(NamedTuple):
    """A candidate had a page before their eyes: for three seconds, or they scrolled or typed."""

    candidate_id: int
    at: datetime


def watch(clicks: Sequence[Click], now: datetime) -> int:
    """Let clicks in messages settle, and take back at once what a machine did; answers how many those were.

    They were stored with `machine.at_first`, so that nothing is counted in full before it has settled.
    """
    caught = settling.caught(settling.wait(clicks, now))
    return judge_again(caught, Verdict.MACHINE, now)


def settle(now: datetime) -> int:
    """Clicks whose time is over become what they seemed to be; answers how many were looked at."""
    due = settling.due(now, MOST)
    if not due:
        return 0
    contact_state.hold_many(verdict.whose(due))  # before the clicks, which go with whoever is forgotten
    settled = settling.settled(due)
    seemed = [row.touchpoint_id for row in settled if row.becomes == Verdict.HUMAN]
    judge_again(seemed, Verdict.HUMAN, now, was=[Verdict.UNKNOWN])
    return len(due)


def seen(looks: Sequence[Look], now: datetime) -> int:
    """Somebody looked at a page: clicks and visits of the half hour before it were a person's, unless a machine's."""
    if not looks:
        return 0
    moments: dict[int, list[datetime]] = {}
    for look in looks:
        moments.setdefault(look.candidate_id, []).append(look.at)
    first, last = min(look.at for look in looks) - SEEN_AFTER, max(look.at for look in looks)
    found = verdict.unknown_within(moments, first, last)
    theirs = [id_ for id_, who, at in found if any(look - SEEN_AFTER <= at <= look for look in moments[who])]
    return judge_again(theirs, Verdict.HUMAN, now, was=[Verdict.UNKNOWN])


def judge_again(
    touchpoint_ids: Collection[int], to: Verdict, now: datetime, *, was: Iterable[Verdict] = Verdict
) -> int:
    """Give touchpoints another verdict, and let score, contact state and alerts follow; answers how many changed."""
    if not touchpoint_ids:
        return 0
    contact_state.hold_many(verdict.whose(touchpoint_ids))  # first, as whoever takes touchpoints in does
    changed = verdict.change(touchpoint_ids, to, was=was)
    raised = [each.scored for each in changed if not each.lower]
    lowered = sorted({each.scored.candidate_id for each in changed if each.lower})
    db.session.flush()
    engagement.apply([each for each in raised if each.candidate_id not in lowered], now)
    for candidate_id in lowered:
        engagement.replay(candidate_id, now)
    _reckon(changed, now)
    news.look_again({each.candidate_id for each in raised}, lowered, now)
    return len(changed)


def _reckon(changed: Sequence[Changed], now: datetime) -> None:
    """Applications, contact state, trigger and alerts as what stands now says."""
    applying.again(_whose(changed, lambda each: each.scored.kind in APPLYING), now)
    for candidate_id in _whose(changed, lambda each: each.role in TURNING_TO_US):
        history.rebuild(candidate_id)
    for candidate_id in _whose(changed, lambda each: each.role == KindRole.FORM):
        contact_flags.untriggered(candidate_id, KindRole.FORM)
        newest = verdict.newest_form(candidate_id)
        if newest is not None:
            hot_trigger.triggered(candidate_id, KindRole.FORM, newest)
    for candidate_id in _whose(changed, lambda each: each.role == KindRole.INBOUND and each.lower):
        alerting.withdraw(candidate_id, [AlertKind.REPLY], now)


def _whose(changed: Iterable[Changed], is_such: Callable[[Changed], bool]) -> list[int]:
    """The candidates of such changes, ascending, so that no two writers cross."""
    return sorted({each.scored.candidate_id for each in changed if is_such(each)})
