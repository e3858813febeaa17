"""Rows of the outbox, batch by batch: claimed, sent, and those for which there was no time given back."""

from collections.abc import Callable, Sequence

from app import clock
from app.db import db, write
from app.domain.notices import delivery
from app.domain.notices.outbox import OutboxRow

MOST = 20
Send = Callable[[Sequence[OutboxRow]], int]


def work_off(owner: str, sort: str, send: Send) -> int:
    """Send what is due of a sort until nothing is; `send` answers how many of a batch it began, as this does of all."""
    begun = 0
    while rows := _claim(owner, sort):
        done = send(rows)
        begun += done
        if done < len(rows):
            write()
            delivery.release(rows[done:], owner)
            db.session.commit()
            break
    return begun


def _claim(owner: str, sort: str) -> Sequence[OutboxRow]:
    write()
    rows = delivery.claim(owner, clock.now(), MOST, sort=sort)
    db.session.commit()
    for row in rows:
        db.session.expunge(row)
    return rows
