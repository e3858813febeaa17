"""The mail of the pulse: one, to everybody who may answer, at nine on the first day that they work while it is open.

It goes to whoever answered by then as well, and nobody is reminded: the list of what was sent is kept longer than who
answered, and administrators read it, so a mail that some did not get would tell of them.
"""

from datetime import datetime

from app import clock
from app.clock import Period
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.oversight import pulse, pulse_opening
from app.domain.oversight.pulse import Pulse
from app.domain.program import regular_mail
from app.domain.program.program import the_program
from app.domain.program.regular_mail import Due, Regular


def due(now: datetime) -> list[Due]:
    """What is due by now and not planned yet."""
    program = the_program()
    row = pulse.running(program.id, clock.local_day(now, the_zone())) if program else None
    if program is None or row is None:
        return []
    people = [each for each in pulse_opening.asked(program) if each.email]
    return regular_mail.due(_mail_of(row), people, now)


def open_to(person: Person, now: datetime) -> Pulse | None:
    """The pulse that somebody is asked to answer; None when it is over, or they are the sponsor by now."""
    program = the_program()
    if program is None or person.id == program.sponsor_id:
        return None
    return pulse.running(program.id, clock.local_day(now, the_zone()))


def _mail_of(row: Pulse) -> Regular:
    span = Period(clock.local_day(row.opened_at, the_zone()), row.closes_on + clock.DAY)
    return Regular(pulse.KIND, frozenset(Role), lambda _day: span, named="%Y-%m-%d")
