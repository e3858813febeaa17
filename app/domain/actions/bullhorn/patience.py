"""How long what Bullhorn could not give is asked for again: ever less often, for a day; and when to knock again."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
MOST_TRIES = 29
KNOCK, LONGEST_KNOCK = timedelta(minutes=15), timedelta(hours=4)


def next_at(tries: int, now: datetime) -> datetime | None:
    """When to ask again after so many tries in vain: after 1, 2, 4 .. 32 minutes, then each hour; None after a day."""
    if tries >= MOST_TRIES:
        return None
    return now + min(FIRST * (1 << (tries - 1)), LONGEST)


def knock_at(times: int, now: datetime) -> datetime:
    """When to knock again where we were turned away so many times: after 15, 30 minutes, 1, 2, then each 4 hours."""
    return now + min(KNOCK * (1 << min(times - 1, 4)), LONGEST_KNOCK)
