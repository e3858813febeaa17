"""How often somebody is told at once: three times a day, each thing by itself; after that together, every four hours.

What waits together from the start, as at opening time, is one message rather than the first three of many.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

SINGLY = 3
BUNDLED_EVERY = timedelta(hours=4)
Topic = TypeVar("Topic")


def messages(waiting: Sequence[Topic], told_today: int, told_last: datetime | None, now: datetime) -> list[list[Topic]]:
    """The messages that may go now, each with its topics; what is in none of them waits."""
    singly = max(0, SINGLY - told_today)
    may_bundle = told_last is None or now - told_last >= BUNDLED_EVERY
    if len(waiting) > singly and may_bundle:
        return [list(waiting)]
    return [[topic] for topic in waiting[:singly]]
