"""The letters that are due: planned here, each once; sending them is the outbox's work."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app

from app.db import db, write
from app.domain.actions import alert_mail, block_invitation, daily_mail, reminder
from app.domain.agency.agency import the_agency
from app.domain.custody import retention_warning
from app.domain.game.competing import announcing
from app.domain.game.recognition import surprise_mail
from app.domain.game.rewarding import reward_mail
from app.domain.oversight import lead_week, pulse_mail, sponsor_month, sponsor_week
from app.domain.program import regular_mail
from app.domain.program.program import the_program
from app.domain.program.regular_mail import Due

Planner = Callable[[datetime, str], int]
"""Plans what is due by a moment, with the host of our public address; answers how many messages are new."""


def plan(now: datetime, *planners: Planner) -> int:
    """Let them plan in one transaction; before there is an agency there is nobody to tell."""
    if the_agency() is None:
        return 0
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = sum(each(now, host) for each in planners)
    db.session.commit()
    return planned


def reminders(_owner: str, now: datetime) -> int:
    """The weekly reminders; returns how many are new."""
    return plan(now, reminder.plan_week)


def block_invitations(_owner: str, now: datetime) -> int:
    """The mails that bring the follow-up block into a calendar; returns how many are new."""
    return plan(now, block_invitation.plan_due)


def alerts(_owner: str, now: datetime) -> int:
    """The mails with alerts, a few every day at most, and those of a whole day; returns how many are new."""
    return plan(now, alert_mail.plan_due, daily_mail.plan_due)


def competitions(_owner: str, now: datetime) -> int:
    """The mails about competitions; returns how many are new."""
    return plan(now, announcing.plan_due)


def rewards(_owner: str, now: datetime) -> int:
    """The mails about rewards and surprises, from what happened; returns how many are new."""
    return plan(now, reward_mail.plan_due, surprise_mail.plan_due)


def regular(_owner: str, now: datetime) -> int:
    """A lead's, the sponsor's, the pulse, and the warning that data end; nothing is written in a turn that has none."""
    found = _regular(now) if the_agency() and the_program() else []

    def plan_found(now: datetime, host: str) -> int:
        planned = regular_mail.plan(found, now, host)
        retention_warning.tell(found, now)
        return planned

    return plan(now, plan_found) if found else 0


def _regular(now: datetime) -> list[Due]:
    """What is due by now and not planned yet."""
    return [
        *regular_mail.due(lead_week.MONDAY, lead_week.readers(), now),
        *sponsor_week.due(now),
        *regular_mail.due(sponsor_month.FIRST, sponsor_month.readers(now), now),
        *pulse_mail.due(now),
        *retention_warning.due(now),
    ]
