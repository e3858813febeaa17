"""Whom a portion of events is about is held before the first of them has its effect, as everybody holds them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app import clock
from app.domain.actions import place
from app.domain.actions.contact import CLOCK_SKEW, LONGEST_AGO
from app.domain.actions.event import Event, Logged, Sender
from app.domain.actions.knowing import Circle
from app.domain.agency import person
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_state


def hold(sender: Sender, events: Sequence[Event], circle: Circle, now: datetime) -> None:
    """The days of recruiters who logged something elsewhere, and then the candidates in ascending order.

    One candidate alone of whom a browser tells is held by what comes of it.
    """
    known = circle.everybody
    if sender.trusted:
        logged = [each for each in events if isinstance(each, Logged) and _may_count(each, now)]
        for person_id, day in sorted(_days(logged)):
            place.hold(person_id, day)
    if sender.trusted or len(known) > 1:
        contact_state.hold_many(known)


def _may_count(each: Logged, now: datetime) -> bool:
    """Others are refused, and may be as far away as a calendar ends."""
    return now - LONGEST_AGO <= each.at <= now + CLOCK_SKEW


def _days(logged: Iterable[Logged]) -> set[tuple[int, date]]:
    """Of whom we know."""
    told = {(each.recruiter, clock.local_day(each.at, the_zone())) for each in logged}
    known = {mail: person.by_email(mail) for mail, _ in told}
    return {(by.id, day) for mail, day in told if (by := known[mail]) is not None}
