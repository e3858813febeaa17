"""Settles the weeks of everybody's follow-up block once their time of grace is over."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import block_settling


def settle_due(_owner: str, now: datetime) -> int:
    """Settle what is due, and anew what became known since; returns how many weeks changed.

    It is looked for without the write lock, because it takes a while and most of the time there is nothing to write;
    what changes meanwhile is seen the next time.
    """
    found = list(block_settling.differences(now))
    if found:
        write()
        for each in found:
            block_settling.settle(each, now)
        db.session.commit()
    return len(found)
