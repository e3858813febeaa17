"""Regular mails: one a week or a month to whoever it is for, at nine on the first day of it that they work."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.notices import outbox
from app.domain.notices.recipient import name_person
from app.domain.program import at_work

NINE = 9 * 60


@dataclass(frozen=True, slots=True)
class Regular:
    """`named` is how its period is called; it is never due before `from_day` (0 is the first day of the period).

    What is still not sent `news` days later is none any more.
    """

    kind: str
    roles: frozenset[Role]
    period: Callable[[date], Period]
    named: str
    from_day: int = 0
    news: int = 4


class Due(NamedTuple):
    """A mail that can be planned."""

    kind: str
    recipient: str
    period: str
    due_at: datetime
    not_after: datetime


def due(regular: Regular, people: Collection[Person], now: datetime) -> list[Due]:
    """What is due by now to these people and not planned yet."""
    zone = the_zone()
    span = regular.period(clock.local_day(now, zone))
    period = span.start.strftime(regular.named)
    found = [
        Due(
            regular.kind,
            name_person(person_id),
            period,
            clock.wall(day, NINE, zone),
            clock.wall(day + clock.DAY * regular.news, NINE, zone),
        )
        for person_id, day in first_days(regular, people, span).items()
    ]
    open_ = [each for each in found if each.due_at <= now < each.not_after]
    known = outbox.planned(regular.kind, period) if open_ else set()
    return [each for each in open_ if each.recipient not in known]


def first_days(regular: Regular, people: Collection[Person], span: Period) -> Mapping[int, date]:
    """On which day it comes; whoever does not work in the whole period is left out."""
    first, last = span.start + clock.DAY * regular.from_day, span.end - clock.DAY
    worked = at_work.days([each.id for each in people], first, last)
    return {person_id: min(days) for person_id, days in worked.items() if days}


def plan(found: Collection[Due], now: datetime, host: str) -> int:
    """Plan them; answers how many are new."""
    return sum(outbox.plan(payload={}, now=now, host=host, **each._asdict()) for each in found)


def readers(roles: Collection[Role]) -> Sequence[Person]:
    """Everybody with one of these roles who works here and can be mailed."""
    query = select(Person).where(
        Person.deactivated_at.is_(None),
        Person.email.is_not(None),
        Person.password_hash.is_not(None),
        Person.role.in_(roles),
    )
    return db.session.scalars(query.order_by(Person.id)).all()
