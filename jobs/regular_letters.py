"""Plans the mails that come once a week or a month: a lead's, the sponsor's, and the warning that data end."""

from datetime import datetime

from flask import current_app

from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.custody import retention_warning
from app.domain.oversight import lead_week, sponsor_month, sponsor_week
from app.domain.program import regular_mail
from app.domain.program.program import the_program
from app.domain.program.regular_mail import Due


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is due; returns how many mails are new. Nothing is written in a turn that has none."""
    if the_agency() is None or the_program() is None:
        return 0
    found = due(now)
    if not found:
        return 0
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = regular_mail.plan(found, now, host)
    retention_warning.tell(found, now)
    db.session.commit()
    return planned


def due(now: datetime) -> list[Due]:
    """What is due by now and not planned yet."""
    return [
        *regular_mail.due(lead_week.MONDAY, lead_week.readers(), now),
        *sponsor_week.due(now),
        *regular_mail.due(sponsor_month.FIRST, sponsor_month.readers(now), now),
        *retention_warning.due(now),
    ]
