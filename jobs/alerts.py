"""Plans the mails with alerts, a few every day at most, and those of a whole day; lets alerts go that have served."""

from datetime import datetime

from flask import current_app

from app.db import db, write
from app.domain.actions import alert_mail, daily_mail
from app.domain.notices import alert


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is due; returns how many mails are new."""
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = alert_mail.plan_due(now, host) + daily_mail.plan_due(now, host)
    db.session.commit()
    return planned


def forget_old(_owner: str, now: datetime) -> int:
    """Let go of alerts of a quarter of a year ago; returns how many went."""
    write()
    gone = alert.forget(now - alert.KEPT)
    db.session.commit()
    return gone
