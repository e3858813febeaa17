"""Finds applications that stopped half-way, tells whoever looks after the candidate, and plans one friendly mail."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import nudge, unfinished
from app.mail import candidate_sender


def find_stopped(_owner: str, now: datetime) -> int:
    """One at a time, so that nobody waits for the others; returns how many had stopped."""
    sender, stopped = candidate_sender(), 0
    for application_id, candidate_id in unfinished.silent_since(now):
        write()
        row = unfinished.find(application_id, candidate_id, now)
        if row is not None:
            nudge.plan(row, sender, now)
            stopped += 1
        db.session.commit()
    return stopped


def let_go(_owner: str, now: datetime) -> int:
    """Returns for how many candidates an application that nobody went on with sets no rhythm any more."""
    write()
    found = unfinished.let_go(now)
    db.session.commit()
    return found
