"""The course of a score: how it came to be what it is, day by day, and how it fades when nothing more happens."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock
from app.domain.journey.touchpoint import Scored, history
from app.domain.scoring import score
from app.domain.scoring.book import hit_of
from app.domain.scoring.ruleset import Ruleset

BACK, AHEAD = timedelta(days=90), timedelta(days=60)
FRIDAYS_BACK, FRIDAYS_AHEAD = 12, 8
FRIDAY, CLOSING = 4, 17 * 60
FORGOTTEN = 20  # after so many half-lives a millionth is left
UTC_ZONE = ZoneInfo("UTC")


class Point(NamedTuple):
    """The score of 0 to 100 at a moment."""

    at: datetime
    shown: float


class Course(NamedTuple):
    """By the rules that count now: each day of the past and the coming weeks, and each Friday at five.

    `verdicts` say of each touchpoint whether a person did it.
    """

    days: tuple[Point, ...]
    fridays: tuple[Point, ...]
    verdicts: Mapping[int, str]


def course(candidate_id: int, now: datetime, rules: Ruleset, zone: ZoneInfo) -> Course:
    """The score as it was at each moment, seeing only what had happened by then; from now on it only fades."""
    touchpoints = history([candidate_id], now)
    scores = _Scores(touchpoints, now, rules)
    days = [now + clock.DAY * each for each in range(-BACK.days, AHEAD.days + 1)]
    return Course(
        tuple(scores.at(moment) for moment in days),
        tuple(scores.at(moment) for moment in _fridays(clock.local_day(now, zone), zone)),
        {touchpoint.id: touchpoint.verdict for touchpoint in touchpoints},
    )


class _Scores:
    """The score at any moment; what had happened by then is counted once."""

    def __init__(self, touchpoints: Iterable[Scored], now: datetime, rules: Ruleset) -> None:
        oldest = (now - BACK).timestamp() - FORGOTTEN * rules.half_life
        hits = sorted((hit_of(each) for each in touchpoints), key=lambda hit: hit.at)
        self.hits = [hit for hit in hits if hit.at > oldest]
        self.times = [hit.at for hit in self.hits]
        self.rules = rules
        self.taus: dict[int, float | None] = {}

    def at(self, moment: datetime) -> Point:
        seen = bisect_right(self.times, moment.timestamp())
        if seen not in self.taus:
            self.taus[seen] = score.fold(self.hits[:seen], self.rules, UTC_ZONE).tau
        value = score.value(self.taus[seen], moment.timestamp(), self.rules.half_life)
        return Point(moment, score.shown(value, self.rules.s50))


def _fridays(today: date, zone: ZoneInfo) -> list[datetime]:
    """The last twelve Fridays and the coming eight, at five o'clock."""
    last = today - clock.DAY * ((today.weekday() - FRIDAY) % 7)
    weeks = range(1 - FRIDAYS_BACK, FRIDAYS_AHEAD + 1)
    return [clock.wall(last + clock.WEEK * each, CLOSING, zone) for each in weeks]
