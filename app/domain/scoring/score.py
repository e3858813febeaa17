"""How warm a candidate is: the score is one timestamp, kept by daily cells and weekly caps; moments are epoch seconds.

Forward decay in log space (Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009).
tau is the moment at which the score will have decayed to one point; `half_life` is in seconds.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from app.domain.scoring.ruleset import KindRule, Ruleset, sunday

LN2 = math.log(2)
EXPONENT_LIMIT = 700.0  # PostgreSQL raises on underflow, Python on overflow: both stay far inside

Verdict = Literal["human", "unknown", "machine"]
Fate = Literal["counted", "already_that_day", "beyond_week", "no_points", "later"]
CellId = tuple[str, date]

VERDICT_SHARE: Mapping[Verdict, float] = MappingProxyType({"human": 1.0, "unknown": 0.25, "machine": 0.0})


class Hit(NamedTuple):
    """One touchpoint; without a local date the zone gives it, without points the ruleset does."""

    at: float
    kind: str
    local_date: date | None = None
    points: float | None = None
    verdict: Verdict = "human"


class CellState(NamedTuple):
    """The largest key of the day's hits, and whether the week's cap keeps the day."""

    key: float
    counted: bool


class Counted(NamedTuple):
    """What became of one hit; `value(key, t, half_life)` is what it is worth at t when it was counted."""

    fate: Fate
    key: float | None


class Folded(NamedTuple):
    """The whole history of a candidate; `hits` are in the order in which they were given."""

    tau: float | None
    cells: dict[CellId, CellState]
    hits: tuple[Counted, ...]


class Admission(NamedTuple):
    """What a new hit changes: its own cell, the day whose cell leaves the week, and tau."""

    cell: CellState
    pushed_out: date | None
    tau: float | None


def weight(points: float, verdict: Verdict) -> float:
    return points * VERDICT_SHARE[verdict]


def event_key(t: float, w: float, half_life: float) -> float:
    """Moment at which w points earned at t will have decayed to one point; w must be above zero."""
    return t + half_life * math.log2(w)


def merge(tau: float | None, e: float, half_life: float) -> float:
    if tau is None:
        return e
    return max(tau, e) + half_life * math.log1p(_power(-abs(tau - e) / half_life)) / LN2


def replace(tau: float | None, e: float, e0: float, half_life: float) -> float | None:
    """Tau after e takes the place of the smaller e0, which tau already holds: only the difference is added."""
    if e <= e0:
        return tau
    return merge(tau, e + half_life * math.log(-math.expm1(-LN2 * (e - e0) / half_life)) / LN2, half_life)


def value(tau: float | None, t: float, half_life: float) -> float:
    """Score S in points at the moment t; nobody without touchpoints has any."""
    return 0.0 if tau is None else _power((tau - t) / half_life)


def shown(score: float, s50: float) -> float:
    """The score from 0 to 100 as people read it; s50 points read as 50."""
    return 100 * score / (score + s50)


def leaves(tau: float, theta: float, half_life: float) -> float:
    """Moment at which the score falls below theta points."""
    return tau - half_life * math.log2(theta)


def admit(
    tau: float | None,
    day: date,
    e: float,
    *,
    present: float | None,
    others: Mapping[date, float],
    rule: KindRule,
    half_life: float,
) -> Admission:
    """Take one hit in, in any order of arrival: the caller writes the cell, the day pushed out and tau under one lock.

    `present` is the key of the hit's own cell if there is one; `others` are the *counted* keys of its kind in the same
    ISO week, its own cell left out. Whether the own cell was counted follows from whether the others fill the week.
    """
    key = e if present is None else max(e, present)
    if rule.week_days is None or len(others) < rule.week_days:
        changed = merge(tau, e, half_life) if present is None else replace(tau, e, present, half_life)
        return Admission(CellState(key, counted=True), None, changed)
    smallest = min(others, key=lambda other: (others[other], other))
    if (key, day) <= (others[smallest], smallest):
        return Admission(CellState(key, counted=False), None, tau)
    return Admission(CellState(key, counted=True), smallest, replace(tau, key, others[smallest], half_life))


def fold(hits: Iterable[Hit], rules: Ruleset, zone: ZoneInfo, until: float = math.inf) -> Folded:
    """Replay a candidate's hits up to and including `until`, in whatever order they come."""
    given = list(hits)
    ids = [(hit.kind, hit.local_date or datetime.fromtimestamp(hit.at, zone).date()) for hit in given]
    keys = [hit_key(hit, rules, day) if hit.at <= until else None for hit, (_, day) in zip(given, ids, strict=True)]
    best: dict[CellId, tuple[float, int]] = {}
    for number, (cell, key) in enumerate(zip(ids, keys, strict=True)):
        if key is not None and (cell not in best or key > best[cell][0]):
            best[cell] = key, number
    kept = _within_weeks(best, rules)
    winners: dict[int, Fate] = {n: "counted" if cell in kept else "beyond_week" for cell, (_, n) in best.items()}
    tau = None
    for key in sorted(best[cell][0] for cell in kept):
        tau = merge(tau, key, rules.half_life)
    return Folded(
        tau,
        {cell: CellState(key, cell in kept) for cell, (key, _) in best.items()},
        tuple(Counted(_fate(hit, keys[n], winners.get(n), until), keys[n]) for n, hit in enumerate(given)),
    )


def hit_key(hit: Hit, rules: Ruleset, day: date) -> float | None:
    """Event key of one hit under the points of its local day; None when it earns nothing."""
    points = rules.on(day).rule(hit.kind).points if hit.points is None else hit.points
    earned = weight(points, hit.verdict)
    return event_key(hit.at, earned, rules.half_life) if earned > 0 else None


def _within_weeks(best: Mapping[CellId, tuple[float, int]], rules: Ruleset) -> set[CellId]:
    """The cells that the week caps keep: the largest keys of each kind and ISO week."""
    weeks: dict[tuple[str, date], list[tuple[float, date]]] = defaultdict(list)
    for (kind, day), (key, _) in best.items():
        weeks[kind, sunday(day)].append((key, day))
    kept: set[CellId] = set()
    for (kind, last), cells in weeks.items():
        kept.update((kind, day) for _, day in sorted(cells, reverse=True)[: rules.on(last).rule(kind).week_days])
    return kept


def _fate(hit: Hit, key: float | None, winner: Fate | None, until: float) -> Fate:
    if hit.at > until:
        return "later"
    if key is None:
        return "no_points"
    return winner or "already_that_day"


def _power(exponent: float) -> float:
    return math.exp2(exponent) if abs(exponent) < EXPONENT_LIMIT else math.exp2(math.copysign(EXPONENT_LIMIT, exponent))
