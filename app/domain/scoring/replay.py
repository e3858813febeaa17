"""A history of events scored as it was at moments in the past, each seeing only what came before it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.scoring import score
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from app.domain.scoring.score import Hit

UNKNOWN_POINTS = 10.0


class Event(NamedTuple):
    """Something that somebody did, of whom we know only a name."""

    entity: str
    kind: str
    at: datetime


def ruleset(points: Mapping[str, float] | None, half_life_days: float | None) -> Ruleset:
    """The preset with other points: for kinds that are named, else ten for every kind that it does not know.

    Raises:
        ValueError: points below zero, or a half-life that is not above it.
    """
    named = {kind: KindRule(value) for kind, value in (points or {}).items()}
    return Ruleset(
        half_life_days=PRESET.half_life_days if half_life_days is None else half_life_days,
        s50=PRESET.s50,
        kinds={**PRESET.kinds, **named},
        unknown_points=UNKNOWN_POINTS if points is None else 0.0,
    )


def scores(
    events: Iterable[Event], cuts: Mapping[datetime, Ruleset], zone: ZoneInfo
) -> Iterator[tuple[datetime, str, float]]:
    """The score of everybody who did something up to a cut, for each cut by its own rules."""
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        day = event.at.astimezone(zone).date()
        hits[event.entity].append(Hit(event.at.timestamp(), event.kind, day))
    for cut, rules in cuts.items():
        now = cut.timestamp()
        for entity, given in hits.items():
            seen = [hit for hit in given if hit.at <= now]
            if seen:
                tau = score.fold(seen, rules, zone).tau
                yield cut, entity, score.value(tau, now, rules.half_life)
