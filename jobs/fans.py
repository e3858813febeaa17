"""Ends the time of fans whose score has cooled: the moment was known, so only those who are due are looked at."""

from datetime import datetime
from functools import partial

from app.domain.scoring import fan
from app.web.deadlock import outlast


def cool_due(_owner: str, now: datetime) -> int:
    """Look at those who are due, at most a thousand at once; returns how many."""
    return outlast(partial(fan.cool, now))
