"""Each night: candidates who may be one person are found, for somebody to decide."""

from datetime import datetime, timedelta

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.notices import heartbeat
from app.web.duplicates import LOOK, look_at_night

AFTER_MIDNIGHT = timedelta(hours=2)


def run_due(_owner: str, now: datetime) -> int:
    """Look once a night, from two o'clock where the agency is; returns how many pairs are new."""
    return look_at_night(now) if is_due(now) else 0


def is_due(now: datetime) -> bool:
    """Whether this night's look is still to come; one that was missed comes as soon as there is somebody to look."""
    agency, last = the_agency(), heartbeat.last_run(LOOK)
    if agency is None:
        return False
    tonight = clock.local_day(now - AFTER_MIDNIGHT, agency.zone)
    return last is None or clock.local_day(last.started_at - AFTER_MIDNIGHT, agency.zone) < tonight
