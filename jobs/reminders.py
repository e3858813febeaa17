"""Plans the weekly reminders; sending them is the outbox's work."""

from datetime import datetime

from flask import current_app

from app.db import db, write
from app.domain.actions import reminder


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is due; returns how many reminders are new."""
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = reminder.plan_week(now, host)
    db.session.commit()
    return planned
