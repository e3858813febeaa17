"""Lets signals of the past follow when somebody says what an event means."""

import time
from datetime import datetime

from app.db import db, write
from app.domain.actions import relabelling
from app.domain.journey import event_name

SECONDS = 2.0


def follow(_owner: str, now: datetime) -> int:
    """Relabel portions for some seconds, each in a transaction of its own; answers how many signals followed."""
    followed, started = 0, time.monotonic()
    while event_name.is_relabelling() and time.monotonic() - started < SECONDS:
        write()
        followed += relabelling.advance(now) or 0
        db.session.commit()
    return followed
