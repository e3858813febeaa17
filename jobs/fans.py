"""Ends the time of fans whose score has cooled: the moment was known, so only those who are due are looked at."""

from datetime import datetime

from app.db import db, write
from app.domain.scoring import fan

PORTION = 200


def cool_due(_owner: str, now: datetime) -> int:
    """Look at those who are due, portion by portion; returns how many."""
    seen = 0
    while True:
        write()
        found = fan.cool(now, PORTION)
        db.session.commit()
        seen += found
        if found < PORTION:
            return seen
