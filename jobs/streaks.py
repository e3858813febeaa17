"""Settles the weeks of everybody's follow-up block once their time of grace is over."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import block_settling


def settle_due(_owner: str, now: datetime) -> int:
    """Settle what is due, and anew what became known since; returns how many weeks changed.

    It is looked for without the write lock, because most of the time there is nothing to write.
    """
    if not any(block_settling.differences(now)):
        return 0
    write()
    changed = block_settling.settle_all(now)
    db.session.commit()
    return changed
