"""Opening a pulse once a quarter, with choices among which the right one has to be known, and closing it again."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.oversight import pulse
from app.domain.oversight.pulse import Pulse, PulseGiven, Question
from app.domain.oversight.window import FEWEST
from app.domain.program.program import Program, the_program

SETTLED_IN = timedelta(weeks=4)
FROM_DAY, OPEN = timedelta(days=14), timedelta(days=14)
INVENTED = ("Vaste Koers", "Talent in Beeld", "Dichtbij", "Samen Sterk", "Kompas", "De Brug")
"""Names that a program like this could have."""
WRONG = 3
LEADING = frozenset({Role.LEAD, Role.ADMIN})


def is_due(program: Program, now: datetime) -> bool:
    """Whether this quarter's can be opened: two weeks in, with two weeks to go, and the program is known by then."""
    today = clock.local_day(now, the_zone())
    span = quarter_of(today)
    in_time = span.start + FROM_DAY <= today < span.end - OPEN and today >= program.started_on + SETTLED_IN
    known = exists().where(Pulse.program_id == program.id, Pulse.quarter == span.start)
    return in_time and not db.session.scalar(select(known))


def open_one(now: datetime) -> Pulse | None:
    """This quarter's, when it is time."""
    program = the_program()
    return ask(program, now) if program and is_due(program, now) else None


def ask(program: Program, now: datetime) -> Pulse | None:
    """Ask everybody but the sponsor, who is asked about; nobody among so few that answers would be somebody's."""
    people = asked(program)
    if len(people) < FEWEST:
        return None
    today = clock.local_day(now, the_zone())
    row = Pulse(
        program_id=program.id,
        quarter=quarter_of(today).start,
        opened_at=now,
        closes_on=today + OPEN,
        choices=_choices(program, people, today),
        invited=len(people),
    )
    db.session.add(row)
    db.session.flush()
    _tell(row, people, now)
    return row


def _tell(row: Pulse, people: Sequence[Person], now: datetime) -> None:
    to = [name_person(each.id) for each in people]
    notice.tell(pulse.KIND, to, period=row.quarter.isoformat(), facts={}, now=now, about=pulse.about(row.id))


def close_over(now: datetime) -> int:
    """Of pulses that are over nothing is left but the counts: who answered goes, and who was offered as a choice."""
    program = the_program()
    over = pulse.over(program.id, clock.local_day(now, the_zone())) if program else ()
    for each in over:
        each.invited = max(each.invited, _could_answer(program, each)) if program else each.invited
        db.session.execute(delete(PulseGiven).where(PulseGiven.pulse_id == each.id))
        notice.withdraw(pulse.about(each.id), [pulse.KIND], now)
        each.choices = {}
    return len(over)


def _could_answer(program: Program, row: Pulse) -> int:
    """How many people: who is asked by now, because they joined while it was open, and who answered and has left."""
    gave = db.session.scalars(select(PulseGiven.person_id).where(PulseGiven.pulse_id == row.id))
    return len({each.id for each in asked(program)} | set(gave))


def asked(program: Program) -> Sequence[Person]:
    """Everybody who works here and has joined, without the sponsor."""
    here = Person.deactivated_at.is_(None), Person.password_hash.is_not(None)
    people = db.session.scalars(select(Person).where(*here).order_by(Person.id)).all()
    return [each for each in people if each.id != program.sponsor_id]


def _choices(program: Program, people: Sequence[Person], today: date) -> dict[str, Any]:
    """The right one first; the others are drawn by the quarter, so that a second try would draw the same."""
    rng = random.Random(today.toordinal())  # noqa: S311 - a question with wrong answers, no secret
    names = [each for each in INVENTED if each.casefold() != program.name.casefold()]
    found: dict[str, Any] = {Question.PROGRAM: [program.name, *rng.sample(names, WRONG)]}
    if program.sponsor_id:
        found[Question.SPONSOR] = [program.sponsor_id, *rng.sample(_others(people), WRONG)]
    return found


def _others(people: Sequence[Person]) -> list[int]:
    """Of whom one could think that they are the sponsor: those who lead, where they are enough to choose from."""
    leading = [each.id for each in people if each.role in LEADING]
    return leading if len(leading) >= WRONG else [each.id for each in people]


def quarter_of(day: date) -> Period:
    """The three months that a day is in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(first, clock.month_of(first + timedelta(days=70)).end)
