"""Gives clicks their verdict once they have settled, a portion at a time so that others can write in between."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import verdicts


def settle_due(_owner: str, now: datetime) -> int:
    """Settle everything whose time is over; returns how many clicks were looked at."""
    settled = 0
    while True:
        write()
        portion = verdicts.settle(now)
        db.session.commit()
        settled += portion
        if portion < verdicts.MOST:
            return settled
