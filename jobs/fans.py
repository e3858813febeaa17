"""Ends the time of fans whose score has cooled: the moment was known, so only those who are due are looked at."""

from datetime import datetime

from app.db import db, write
from app.domain.scoring import fan


def cool_due(_owner: str, now: datetime) -> int:
    """Look at those who are due, at most a thousand at once; returns how many."""
    write()
    seen = fan.cool(now)
    db.session.commit()
    return seen
