"""The rules of the score as values: points of each kind of touchpoint, caps and half-life; no database, no clock."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

DAY = 86_400.0


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
    """`since`: local days before it are counted by the points and caps of `before`; the rest holds for all of them."""

    half_life_days: float = 21.0
    s50: float = 25.0
    kinds: Mapping[str, KindRule] = field(default_factory=dict)
    unknown_points: float = 0.0
    fan_from: float = 70.0
    fan_until: float = 45.0
    since: date | None = None
    before: "Ruleset | None" = None

    def __post_init__(self) -> None:
        if not (0 < self.half_life_days < math.inf and 0 < self.s50 < math.inf):
            raise ValueError("the half-life and the halfway score are above zero")
        if not 0 < self.fan_until <= self.fan_from < 100:  # noqa: PLR2004 - the score is shown from 0 to 100
            raise ValueError("a fan ceases to be one at or below where they became one, between 0 and 100")
        if (self.since is None) != (self.before is None):
            raise ValueError("rules that begin on a day need those before it")

    @property
    def half_life(self) -> float:
        """In seconds."""
        return self.half_life_days * DAY

    def rule(self, kind: str) -> KindRule:
        return self.kinds.get(kind) or KindRule(self.unknown_points)

    def on(self, day: date) -> "Ruleset":
        """The version whose points and caps hold on a local day."""
        found = self
        while found.since is not None and found.before is not None and day < found.since:
            found = found.before
        return found


def sunday(day: date) -> date:
    """The last day of the ISO week: its rules say how many days of the week count."""
    return day + timedelta(days=6 - day.weekday())


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
