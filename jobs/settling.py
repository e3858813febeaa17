"""Gives clicks their verdict once they have settled, a portion at a time so that others can write in between."""

from datetime import datetime
from functools import partial

from app.domain.actions import verdicts
from app.web.deadlock import outlast


def settle_due(_owner: str, now: datetime) -> int:
    """Settle everything whose time is over; returns how many clicks were looked at."""
    settled = 0
    while True:
        portion = outlast(partial(verdicts.settle, now))
        settled += portion
        if portion < verdicts.MOST:
            return settled
