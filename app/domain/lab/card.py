"""A card of points found in the past: from the present one, step by step, never below zero, while it is worth it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.scoring import score, tuning
from app.domain.scoring.ruleset import DAY, Ruleset
from app.domain.scoring.score import VERDICT_SHARE, Hit
from app.domain.scoring.tuning import Case, Occasion, Part, Quality

LADDER = (0, 1, 2, 3, 5, 8, 12, 20, 30, 40)
"""Points that people can tell apart."""
STEPS = 4
WORTH_IT = 0.002
"""A better quality than that for every change of a card: so much is no chance."""
MOST_KINDS, LEAST_PEOPLE = 12, 40
ZONE = ZoneInfo("UTC")
Card = Mapping[str, float]


class Signal(NamedTuple):
    """What counted of somebody, by its kind: so many days before, and by what share a person did it."""

    kind: str
    age: float
    share: float


class Chance(NamedTuple):
    """Somebody who could act, with what counted, and whether they did."""

    signals: Sequence[Signal]
    acted: bool


class Moment(NamedTuple):
    """A moment in the past at which people were ordered; the outcome was known at `known_at`."""

    at: float
    known_at: float
    chances: Sequence[Chance]

    def occasion(self, card: Card) -> Occasion:
        """The same as the search for a half-life wants it."""
        cases = [
            Case(tuple(Part(each.age, card.get(each.kind, 0.0) * each.share) for each in chance.signals), chance.acted)
            for chance in self.chances
        ]
        return Occasion(self.at, self.known_at, cases)

    @property
    def tells(self) -> bool:
        return 0 < sum(each.acted for each in self.chances) < len(self.chances)


def card_of(rules: Ruleset, moments: Sequence[Moment]) -> dict[str, float]:
    """What the rules give for each kind that they name or that anybody had."""
    had = {each.kind for moment in moments for chance in moment.chances for each in chance.signals}
    return {kind: rules.rule(kind).points for kind in (*rules.kinds, *sorted(had))}


class Found(NamedTuple):
    """The card that told best who acted, beside the one that it was sought from."""

    points: Card
    quality: Quality
    present: Quality
    changed: tuple[str, ...]


def signals(hits: Sequence[Hit], at: float, rules: Ruleset) -> tuple[Signal, ...]:
    """What the caps keep; which of them do does not depend on what a kind is worth."""
    folded = score.fold(hits, plain(rules, {hit.kind for hit in hits}), ZONE)
    return tuple(
        Signal(hit.kind, (at - hit.at) / DAY, VERDICT_SHARE[hit.verdict])
        for hit, counted in zip(hits, folded.hits, strict=True)
        if counted.fate == "counted"
    )


def plain(rules: Ruleset, kinds: set[str]) -> Ruleset:
    """The same caps, with every kind worth one point."""
    flat = {kind: replace(rules.rule(kind), points=1.0) for kind in kinds}
    return Ruleset(rules.half_life_days, rules.s50, flat, 1.0)


def search(moments: Sequence[Moment], present: Card, half_life_days: float, highest: float) -> Found:
    """Change one kind at a time, the best first, up or down the ladder; `highest` is what no kind may be above."""
    tables = [_table(moment, half_life_days) for moment in moments if moment.tells]
    points, now = dict(present), _quality(tables, present)
    before, changed = now, []
    for _ in range(STEPS):
        tried = [
            (_quality(tables, points | {kind: worth}), kind, worth)
            for kind in _kinds(moments)
            for worth in _rungs(points.get(kind, 0.0), highest)
        ]
        best = max(tried, key=lambda each: (each[0].both, each[1], -each[2]), default=None)
        if best is None or best[0].both < now.both + WORTH_IT:
            break
        now, kind, points[kind] = best
        changed.append(kind)
    return Found(points, now, before, tuple(dict.fromkeys(changed)))


Row = tuple[dict[str, float], bool]


def judge(moments: Sequence[Moment], points: Card, half_life_days: float) -> Quality:
    """How well a card tells who acts, at moments that it may not have been found on."""
    return _quality([_table(moment, half_life_days) for moment in moments if moment.tells], points)


def _table(moment: Moment, half_life_days: float) -> list[Row]:
    """What is left of each kind, of everybody."""
    return [(_left(chance.signals, half_life_days), chance.acted) for chance in moment.chances]


def _left(counted: Sequence[Signal], half_life_days: float) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, age, share in counted:
        found[kind] = found.get(kind, 0.0) + share * math.exp2(-age / half_life_days)
    return found


def _quality(tables: Sequence[Sequence[Row]], points: Card) -> Quality:
    """The quality at a moment, each weighing the same."""
    return tuning.average(
        [
            tuning.told_apart(
                (sum(points.get(kind, 0.0) * left for kind, left in kinds.items()), acted) for kinds, acted in table
            )
            for table in tables
        ]
    )


def _kinds(moments: Sequence[Moment]) -> list[str]:
    """The kinds of which enough people had any, the most frequent first."""
    had = Counter(
        kind for moment in moments for chance in moment.chances for kind in {each.kind for each in chance.signals}
    )
    often = [kind for kind, people in had.items() if people >= LEAST_PEOPLE]
    return sorted(often, key=lambda kind: (-had[kind], kind))[:MOST_KINDS]


def _rungs(worth: float, highest: float) -> list[float]:
    """Nought, two rungs up and two rungs down."""
    rungs = [float(rung) for rung in LADDER if rung < highest]
    lower, higher = [rung for rung in rungs if rung < worth], [rung for rung in rungs if rung > worth]
    return sorted({*lower[:1], *lower[-2:], *higher[:2]})
