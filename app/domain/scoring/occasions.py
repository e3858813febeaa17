"""Past occasions from a history of events: who could have acted, what counted for them, and whether they did."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from app.domain.scoring import score
from app.domain.scoring.replay import Event
from app.domain.scoring.ruleset import DAY, Ruleset
from app.domain.scoring.score import Hit
from app.domain.scoring.tuning import MOST_OCCASIONS, Case, Occasion, Part, known_by

MOST_CASES = 5_000
LEAST_EXPECTED = 5  # so many acts were to be expected after it: that there was none is no chance
FIRST = timedelta(weeks=1)
STEP = timedelta(weeks=1)
ENOUGH_WINDOWS = 4


class Task(NamedTuple):
    """What is to be foretold: who does one of the `acts` within the horizon."""

    acts: frozenset[str]
    horizon: timedelta


class Chance(NamedTuple):
    """Somebody who could act, with all that they had done, and whether they did."""

    hits: Sequence[Hit]
    acted: bool


History = Mapping[str, Sequence[Event]]


class Past:
    """A history of events and the occasions in it, each made once; the points are those of the rules."""

    def __init__(self, events: Iterable[Event], task: Task, rules: Ruleset, zone: ZoneInfo) -> None:
        self.history = histories(events)
        self.first = min((each[0].at for each in self.history.values()), default=None)
        self.task, self.rules, self.zone = task, rules, zone
        self.made: dict[datetime, Occasion] = {}

    def before(self, cut: datetime) -> list[Occasion]:
        """What a choice made at the cut may look at."""
        moments = moments_before(cut, self.first, self.task.horizon) if self.first else ()
        found = [self.occasion(moment) for moment in islice(moments, MOST_OCCASIONS)]
        return known_by(found, cut.timestamp())

    def occasion(self, moment: datetime) -> Occasion:
        if moment not in self.made:
            self.made[moment] = occasion(self.history, self.task, moment, self.rules, self.zone)
        return self.made[moment]


def histories(events: Iterable[Event]) -> dict[str, list[Event]]:
    """What everybody did, oldest first."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        found[event.entity].append(event)
    return dict(found)


def moments_before(cut: datetime, first: datetime, horizon: timedelta) -> Iterator[datetime]:
    """Moments of which the outcome is known at the cut, newest first: horizons apart, or weeks where little is past."""
    windows = (cut - first - FIRST) / horizon
    step = horizon if windows > ENOUGH_WINDOWS else min(STEP, horizon)
    moment = cut - horizon
    while moment >= first + FIRST:
        yield moment
        moment -= step


def occasion(history: History, task: Task, moment: datetime, rules: Ruleset, zone: ZoneInfo) -> Occasion:
    """Who was open at a moment and acted within the horizon; of many a fixed sample."""
    at, seen = moment.timestamp(), chances(history, task, moment, zone)
    cases = [Case(parts(each.hits, at, rules), each.acted) for each in seen]
    return Occasion(at, (moment + task.horizon).timestamp(), cases)


def chances(history: History, task: Task, moment: datetime, zone: ZoneInfo) -> list[Chance]:
    """The same before any rules: what everybody had done."""
    known_at = moment + task.horizon
    over = endings(history, task.acts, known_at)
    found = []
    for entity in _sample([each for each, events in history.items() if _open(events, over, moment)]):
        events = history[entity]
        acted = any(event.kind in task.acts and moment < event.at <= known_at for event in events)
        found.append(Chance([_hit(event, zone) for event in events if event.at <= moment], acted))
    return found


def endings(history: History, acts: Collection[str], until: datetime) -> frozenset[str]:
    """The kinds after which nobody has ever acted, up to a moment: whoever met one of them is no longer open."""
    seen: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    people = acted = 0
    for events in history.values():
        first: dict[str, datetime] = {}
        last = None
        for event in takewhile(lambda event: event.at <= until, events):
            first.setdefault(event.kind, event.at)
            last = event.at if event.kind in acts else last
        seen.update(first.keys())
        followed.update(kind for kind, at in first.items() if last is not None and at < last)
        people += bool(first)
        acted += last is not None
    least = LEAST_EXPECTED * people / acted if acted else math.inf
    return frozenset(kind for kind, times in seen.items() if times >= least and not followed[kind])


def parts(hits: Sequence[Hit], at: float, rules: Ruleset) -> tuple[Part, ...]:
    """What counts of some hits; which of them do is decided with the half-life of the rules given."""
    folded = score.fold(hits, rules, ZoneInfo("UTC"))
    return tuple(
        Part((at - hit.at) / DAY, score.value(counted.key, hit.at, rules.half_life))
        for hit, counted in zip(hits, folded.hits, strict=True)
        if counted.fate == "counted"
    )


def _hit(event: Event, zone: ZoneInfo) -> Hit:
    return Hit(event.at.timestamp(), event.kind, event.at.astimezone(zone).date())


def _open(events: Sequence[Event], over: Collection[str], moment: datetime) -> bool:
    if events[0].at > moment:
        return False
    return not any(event.kind in over and event.at <= moment for event in events)


def _sample(entities: Sequence[str]) -> Sequence[str]:
    if len(entities) <= MOST_CASES:
        return entities
    return sorted(entities, key=lambda entity: (crc32(entity.encode()), entity))[:MOST_CASES]
