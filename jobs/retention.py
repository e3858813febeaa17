"""Each night: the retention clock of everybody, warnings that an end is near, and whose end has come is anonymised."""

from datetime import datetime, timedelta

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.custody import retention_run
from app.mail import candidate_sender
from app.web.custody import run_night

AFTER_MIDNIGHT = timedelta(hours=3)


def run_due(_owner: str, now: datetime) -> int:
    """Run once a night, from three o'clock where the agency is; answers how many were anonymised."""
    return run_night(now, candidate_sender())["anonymised"] if is_due(now) else 0


def is_due(now: datetime) -> bool:
    """Whether this night is still to be done; one that was missed is done as soon as there is somebody to do it."""
    agency, last = the_agency(), next(iter(retention_run.latest(1)), None)
    if agency is None:
        return False
    this_night = clock.local_day(now - AFTER_MIDNIGHT, agency.zone)
    return last is None or clock.local_day(last.ran_at - AFTER_MIDNIGHT, agency.zone) < this_night
