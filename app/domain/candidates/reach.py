"""Reach: how often a candidate answered, by channel and part of the day, as the contact state counts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

NOON, FIVE = 12, 17
MORNING, AFTERNOON, EVENING = "morning", "afternoon", "evening"

Counts = Mapping[str, Sequence[int]]
"""Answers and attempts of each place, which is a channel and a part of the day; the channel is empty when unknown."""


def part_of(at: datetime, zone: ZoneInfo) -> str:
    """The part of the local day: until noon, until five, or the evening."""
    hour = at.astimezone(zone).hour
    return MORNING if hour < NOON else AFTERNOON if hour < FIVE else EVENING


def place(channel: str | None, at: datetime, zone: ZoneInfo) -> str:
    """Where an attempt counts."""
    return f"{channel or ''}:{part_of(at, zone)}"


def counted(counts: Counts | None, where: str, *, answered: bool) -> dict[str, list[int]]:
    """The counts with one attempt more."""
    found = {name: list(each) for name, each in (counts or {}).items()}
    answers, attempts = found.get(where, (0, 0))
    return found | {where: [answers + answered, attempts + 1]}


def of(counts: Counts, channel: str | None, part: str) -> tuple[int, int]:
    """Answers and attempts by a channel in a part of the day; without a channel by all of them."""
    if channel is not None:
        answers, attempts = counts.get(f"{channel}:{part}", (0, 0))
        return answers, attempts
    found = [each for name, each in counts.items() if name.endswith(f":{part}")]
    return sum(each[0] for each in found), sum(each[1] for each in found)
