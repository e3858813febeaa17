"""How warm a candidate is: the score is one timestamp, kept by daily cells and weekly caps; moments are epoch seconds.

Forward decay in log space (Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009).
tau is the moment at which the score will have decayed to one point; `half_life` is in seconds.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400.0
LN2 = math.log(2)
EXPONENT_LIMIT = 700.0  # PostgreSQL raises on underflow, Python on overflow: both stay far inside

Verdict = Literal["human", "unknown", "machine"]
Fate = Literal["counted", "already_that_day", "beyond_week", "no_points", "later"]
CellId = tuple[str, date]

VERDICT_SHARE: Mapping[Verdict, float] = MappingProxyType({"human": 1.0, "unknown": 0.25, "machine": 0.0})


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind of touchpoint gives; `week_days` is the most days per ISO week that count, None is no cap."""

    points: float
    week_days: int | None = 3
    strong: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.points < math.inf:
            raise ValueError("points are zero or more: whatever lowers interest is a state, not a touchpoint")
        if self.week_days is not None and self.week_days < 1:
            raise ValueError("a week cap counts at least one day")


@dataclass(frozen=True, slots=True)
class Ruleset:
    half_life_days: float = 21.0
    s50: float = 25.0
    kinds: Mapping[str, KindRule] = field(default_factory=dict)
    unknown_points: float = 0.0
    fan_from: float = 70.0
    fan_until: float = 45.0

    def __post_init__(self) -> None:
        if not (0 < self.half_life_days < math.inf and 0 < self.s50 < math.inf):
            raise ValueError("the half-life and the halfway score are above zero")

    @property
    def half_life(self) -> float:
        return self.half_life_days * DAY

    def rule(self, kind: str) -> KindRule:
        return self.kinds.get(kind) or KindRule(self.unknown_points)


def _strong(points: float) -> KindRule:
    return KindRule(points, week_days=None, strong=True)


PRESET = Ruleset(
    kinds=MappingProxyType(
        {
            "application_completed": _strong(40),
            "form": _strong(30),
            "referral": _strong(30),
            "event_attended": _strong(25),
            "inbound_reply": _strong(20),
            "application_started": KindRule(15),
            "survey_answered": KindRule(8),
            "mail_click": KindRule(6),
            "ad_click": KindRule(5),
            "job_view": KindRule(4),
            "site_visit": KindRule(3),
            "mail_open": KindRule(0),
        }
    )
)


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
    keys = [hit_key(hit, rules) if hit.at <= until else None for hit in given]
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


def hit_key(hit: Hit, rules: Ruleset) -> float | None:
    """Event key of one hit under these rules; None when it earns nothing."""
    points = rules.rule(hit.kind).points if hit.points is None else hit.points
    earned = weight(points, hit.verdict)
    return event_key(hit.at, earned, rules.half_life) if earned > 0 else None


def _within_weeks(best: Mapping[CellId, tuple[float, int]], rules: Ruleset) -> set[CellId]:
    """The cells that the week caps keep: the largest keys of each kind and ISO week."""
    weeks: dict[tuple[str, int, int], list[tuple[float, date]]] = defaultdict(list)
    for (kind, day), (key, _) in best.items():
        weeks[kind, *day.isocalendar()[:2]].append((key, day))
    kept: set[CellId] = set()
    for (kind, _, _), cells in weeks.items():
        kept.update((kind, day) for _, day in sorted(cells, reverse=True)[: rules.rule(kind).week_days])
    return kept


def _fate(hit: Hit, key: float | None, winner: Fate | None, until: float) -> Fate:
    if hit.at > until:
        return "later"
    if key is None:
        return "no_points"
    return winner or "already_that_day"


def _power(exponent: float) -> float:
    return math.exp2(exponent) if abs(exponent) < EXPONENT_LIMIT else math.exp2(math.copysign(EXPONENT_LIMIT, exponent))
