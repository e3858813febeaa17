"""Asks candidates how it was when their turn has come, and finds the promises that we broke."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import asking_feedback, broken_promise
from app.mail import candidate_sender


def ask_due(_owner: str, now: datetime) -> int:
    """Returns how many were asked."""
    sender = candidate_sender()
    write()
    asked = asking_feedback.ask_due(now, sender)
    db.session.commit()
    return asked


def find_broken(_owner: str, now: datetime) -> int:
    """Returns for how many candidates something must be put right that was not known."""
    write()
    found = broken_promise.find(now)
    db.session.commit()
    return found
