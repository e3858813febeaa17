"""Warmth in four bands: from which score on somebody is lukewarm, warm or very warm, and which tau that is now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.domain.candidates.wanted import AsOf, Warmth
from app.domain.scoring import score
from app.domain.scoring.engagement import WARM
from app.domain.scoring.rules import Rules, live

FROM = {Warmth.LUKEWARM: 8.0, Warmth.WARM: WARM, Warmth.VERY_WARM: 50.0}
"""The score of the 100 that are shown."""


def as_of(now: datetime, zone: ZoneInfo) -> AsOf:
    """What a list of candidates has to know of the moment for which it is asked."""
    rules = live()
    return AsOf(now, clock.local_day(now, zone), {each: _tau(least, now, rules) for each, least in FROM.items()})


def _tau(shown: float, now: datetime, rules: Rules) -> float:
    """The tau of somebody with this score at this moment."""
    points = rules.ruleset.s50 * shown / (100 - shown)
    return score.leaves(now.timestamp(), 1 / points, rules.half_life)
