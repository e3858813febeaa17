"""The answer that a candidate waits for: after an application or a message; moments are epoch seconds."""

from typing import NamedTuple

from app.domain.journey.application import WORD_WITHIN, ApplicationState
from app.domain.scoring.situation import DAY
from app.domain.scoring.working_time import WorkingCalendar

OWED_FOR = 30 * DAY


class Turned(NamedTuple):
    """When they turned to us and we to them, and when our word about an application in this state was due."""

    last_inbound_at: float | None
    last_two_way_at: float | None
    last_attempt_at: float | None
    application_owed_at: float | None
    application_state: str | None


class Owed(NamedTuple):
    """Since when they wait for our word, and after which state of their application; None: after their message."""

    since: float | None
    about: str | None = None


NOTHING = Owed(None)


def answer_owed(turned: Turned, now: float, calendar: WorkingCalendar) -> Owed:
    """After an application or a message, whichever waits longer.

    After thirty days nobody waits for it any more: then it is neglect, which has a component of its own.
    """
    applied, heard = turned.application_owed_at, _unheard(turned, now, calendar)
    if applied is None and heard is None:
        return NOTHING
    found = [Owed(applied, turned.application_state), Owed(heard)]
    waiting = [one for one in found if one.since is not None and one.since >= now - OWED_FOR]
    return min(waiting, key=lambda one: one.since or 0.0, default=NOTHING)


def _unheard(turned: Turned, now: float, calendar: WorkingCalendar) -> float | None:
    """Who turned to us and was not contacted since is owed an answer from one working day later.

    An application that was sent is no message: it has its own days in which they hear from us.
    """
    heard, owed_at = turned.last_inbound_at, turned.application_owed_at
    if heard is None or any(at is not None and at >= heard for at in (turned.last_two_way_at, turned.last_attempt_at)):
        return None
    due = heard + DAY
    if due + OWED_FOR < now:
        return None  # long ago: no need to walk over its days
    if owed_at is not None and calendar.days_later(heard, WORD_WITHIN[ApplicationState.COMPLETED]) == owed_at:
        return None
    while not calendar.is_working_day(calendar.local_date(due)):
        due += DAY
    return due
