"""Looks after the sponsor's plan: which goals were reached, and the pulse of the quarter."""

from datetime import datetime

from app import clock
from app.db import db, write
from app.domain.agency.agency import SETUP_DONE, the_agency
from app.domain.oversight import goal, pulse, pulse_opening
from app.domain.oversight.measured import measured
from app.domain.program.program import Program, the_program


def settle_goals(_owner: str, now: datetime) -> int:
    """Answers how many were reached; the figures are read before the write lock, because that takes a while."""
    program = _running()
    goals = goal.open_of(program.id) if program else ()
    agency = the_agency()
    if not (program and goals and agency):
        return 0
    values = measured({each.measure for each in goals}, now, agency.zone)
    write()
    reached = goal.settle(goal.open_of(program.id), values, clock.local_day(now, agency.zone))
    db.session.commit()
    return reached


def open_pulse(_owner: str, now: datetime) -> int:
    """Open the quarter's when it is time, and close those that are over; answers how many were opened or closed."""
    program, agency = _running(), the_agency()
    if program is None or agency is None:
        return 0
    over = pulse.over(program.id, clock.local_day(now, agency.zone))
    if not over and not pulse_opening.is_due(program, now):
        return 0
    write()
    closed, opened = pulse_opening.close_over(now), pulse_opening.open_one(now)
    db.session.commit()
    return closed + int(opened is not None)


def _running() -> Program | None:
    agency = the_agency()
    return the_program() if agency and agency.setup_step >= SETUP_DONE else None
