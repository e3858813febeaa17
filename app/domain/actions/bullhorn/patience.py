"""How long what Bullhorn could not give is asked for again: ever less often, for a day."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
MOST_TRIES = 29


def next_at(tries: int, now: datetime) -> datetime | None:
    """When to ask again after so many tries in vain: after 1, 2, 4 .. 32 minutes, then each hour; None after a day."""
    if tries >= MOST_TRIES:
        return None
    return now + min(FIRST * (1 << (tries - 1)), LONGEST)
