"""What is unlike honest logging: pure detectors over a person's last four weeks, each with figures as evidence.

The limits are set so that somebody who works as people do stays well below them; where an agency's own past is
otherwise, they are higher. Nobody is punished by a figure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

Evidence = dict[str, Any]
MOST = 500

BURST, BURST_MINUTES = 12, 10
"""Twelve conversations recorded in ten minutes: a minute each is fast even for who writes up a whole day."""
NIGHT_BATCH, NIGHT_MINUTES, NIGHT_FROM, NIGHT_UNTIL = 10, 60, 22, 6
"""Ten in an hour between ten at night and six: evenings are a good time to reach people, nights are not."""
SAME_NOTE, SAME_NOTE_SHARE, SHORT_NOTE = 15, 0.6, 12
"""One note fifteen times, three in five of all: who writes one phrase at every voicemail stays at half.

What is shorter than twelve characters is a habit, as "terugbellen".
"""
BACKDATED, BACKDATED_PERCENT = 20, 60
"""Twenty actions, three in five dated on an earlier day: who visits on Friday and logs on Monday stays below."""
YIELD_POINTS, YIELD_TIMES, YIELD_PEERS = 1000, 4, 5
"""A thousand points, and four times as many per proven outcome as half of the colleagues; five make a comparison."""
FARMED, FARMED_SHARE = 8, 0.25
"""Eight with one candidate in four weeks, a quarter of all: two a week with one person in procedure stay below."""


USUAL_OF = 50
"""So many months of people are a past that says what is usual."""
RARE = 0.01
HIGHEST, WHOLE = 2, 100
"""Limits rise to at most twice what they are without a past: where everybody fakes, that is not usual either."""


class Limits(NamedTuple):
    """From where on each kind stands out."""

    burst: int = BURST
    after_hours: int = NIGHT_BATCH
    same_note: int = SAME_NOTE
    backdated: int = BACKDATED_PERCENT
    one_candidate: int = FARMED


KINDS = Limits._fields
LOWEST = Limits()
NONE = Limits(1, 1, 1, 1, 1)
"""With these the evidence says how far somebody went, whether it stands out or not."""


class Logged(NamedTuple):
    """An action as it was recorded; both moments are on the agency's clock, `note` as it was typed."""

    candidate_id: int
    occurred: datetime
    recorded: datetime
    two_way: bool
    note: str = ""


class Yield(NamedTuple):
    """Points of four weeks, and how many outcomes of them are proven: replies, kept appointments, other systems."""

    points: int
    proven: int

    @property
    def ratio(self) -> float:
        """Points per proven outcome; one more than there are, so that nobody divides by nothing."""
        return self.points / (self.proven + 1)


def find(logged: Sequence[Logged], week_start: datetime, limits: Limits = LOWEST) -> dict[str, Evidence]:
    """What is unusual by its kind. Bursts and nights are those of the week; the rest is of all that is given."""
    week = [one for one in logged if one.recorded >= week_start]
    found = {
        "burst": burst(week, limits.burst),
        "after_hours": after_hours(week, limits.after_hours),
        "same_note": same_note(logged, limits.same_note),
        "backdated": backdated(logged, limits.backdated),
        "one_candidate": one_candidate(logged, limits.one_candidate),
    }
    return {kind: evidence for kind, evidence in found.items() if evidence}


def limits_of(months: Sequence[Mapping[str, Evidence]]) -> Limits:
    """From a past, found with `NONE`: what fewer than one person in a hundred reached in a month stands out.

    Never below `LOWEST`, never more than twice as high, and `LOWEST` while the past is short.
    """
    if len(months) < USUAL_OF:
        return LOWEST
    past = {kind: [_reached(kind, month.get(kind)) for month in months] for kind in KINDS}
    return Limits(*(_limit(kind, past[kind], least) for kind, least in LOWEST._asdict().items()))


def burst(logged: Sequence[Logged], limit: int = BURST) -> Evidence | None:
    """Many conversations recorded within minutes, each by itself: what is logged for several at once is one press."""
    return _dense([one for one in logged if one.two_way], limit, BURST_MINUTES)


def after_hours(logged: Sequence[Logged], limit: int = NIGHT_BATCH) -> Evidence | None:
    """A batch recorded at night."""
    return _dense([one for one in logged if _at_night(one.recorded)], limit, NIGHT_MINUTES)


def same_note(logged: Sequence[Logged], limit: int = SAME_NOTE) -> Evidence | None:
    """One note under many actions that were recorded one by one."""
    notes = Counter(note for _, note in {(one.recorded, normal(one.note)) for one in logged} if len(note) >= SHORT_NOTE)
    most = max(notes.values(), default=0)
    if most < limit or most < SAME_NOTE_SHARE * notes.total():
        return None
    return {"count": most, "of": notes.total(), "limit": limit}


def backdated(logged: Sequence[Logged], limit: int = BACKDATED_PERCENT) -> Evidence | None:
    """Most actions are dated on a day before that on which they were recorded."""
    presses = _presses(logged)
    late = sum(one.occurred.date() < one.recorded.date() for one in presses)
    if len(presses) < BACKDATED or late * WHOLE < limit * len(presses):
        return None
    return {"count": late, "of": len(presses), "limit": limit}


def one_candidate(logged: Sequence[Logged], limit: int = FARMED) -> Evidence | None:
    """A large part of the work is for one candidate."""
    ((candidate_id, most),) = Counter(one.candidate_id for one in logged).most_common(1) or ((0, 0),)
    if most < limit or most < FARMED_SHARE * len(logged):
        return None
    return {"candidate": candidate_id, "count": most, "of": len(logged), "limit": limit}


def low_yield(own: Yield, everybody: Sequence[Yield]) -> Evidence | None:
    """Many more points per proven outcome than colleagues have."""
    peers = [each.ratio for each in everybody if each.points >= YIELD_POINTS]
    if own.points < YIELD_POINTS or len(peers) < YIELD_PEERS or own.ratio < YIELD_TIMES * median(peers):
        return None
    return {"points": own.points, "proven": own.proven, "usual": round(median(peers)), "limit": YIELD_TIMES}


def _limit(kind: str, reached: Sequence[int], least: int) -> int:
    rare = sorted(reached, reverse=True)[int(len(reached) * RARE)] + 1
    highest = WHOLE if kind == "backdated" else least * HIGHEST
    return max(least, min(rare, highest))


def _reached(kind: str, evidence: Evidence | None) -> int:
    """How far somebody went, in the unit of the limit."""
    if evidence is None:
        return 0
    count = int(evidence["count"])
    return count * WHOLE // int(evidence["of"]) if kind == "backdated" else count


def _dense(logged: Sequence[Logged], least: int, minutes: int) -> Evidence | None:
    """The most that were recorded within so many minutes, when that is at least so many."""
    moments = sorted({one.recorded for one in logged})
    most = max(
        ((_within(moments, at, minutes), moment) for at, moment in enumerate(moments)), default=None, key=itemgetter(0)
    )
    if most is None or most[0] < least:
        return None
    return {"count": most[0], "minutes": minutes, "from": most[1].isoformat(), "limit": least}


def _within(moments: Sequence[datetime], first: int, minutes: int) -> int:
    ends = moments[first] + timedelta(minutes=minutes)
    return sum(moment < ends for moment in moments[first : first + MOST])


def _presses(logged: Sequence[Logged]) -> Sequence[Logged]:
    """Each press of a button once: an event with thirty candidates is one."""
    return list({one.recorded: one for one in logged}.values())


def _at_night(moment: datetime) -> bool:
    return moment.hour >= NIGHT_FROM or moment.hour < NIGHT_UNTIL


def normal(note: str) -> str:
    return " ".join(note.casefold().split())
