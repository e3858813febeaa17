"""Each night: a sample of the scores is counted anew, and any difference is an alarm in the log."""

from datetime import datetime, timedelta

import structlog

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.scoring import reconciliation, versions

AFTER_MIDNIGHT = timedelta(hours=4)

log = structlog.get_logger()


def run_due(_owner: str, now: datetime) -> int:
    """Check once a night, from four o'clock where the agency is; answers how many candidates were counted anew."""
    if not is_due(now):
        return 0
    write()
    found = reconciliation.check(now)
    db.session.commit()
    if found.differing:
        facts = {"sampled": found.sampled, "differing": found.differing, "worst_seconds": found.worst}
        log.error("scores_differ", **facts, candidate_id=found.example)
    return found.sampled


def is_due(now: datetime) -> bool:
    """Whether this night's check is still to come; one that was missed comes as soon as there is somebody to do it."""
    agency, last = the_agency(), versions.newest_check()
    if agency is None:
        return False
    tonight = clock.local_day(now - AFTER_MIDNIGHT, agency.zone)
    return last is None or clock.local_day(last.at - AFTER_MIDNIGHT, agency.zone) < tonight
