"""Plans the mails with which people get their follow-up block into their calendar."""

from datetime import datetime

from flask import current_app

from app.db import db, write
from app.domain.actions import block_invitation


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is due; returns how many mails are new."""
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = block_invitation.plan_due(now, host)
    db.session.commit()
    return planned
