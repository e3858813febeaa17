"""Each week: what is unusual in how people log is noticed, and told to themselves before anybody else."""

from datetime import datetime, timedelta

from app import clock
from app.db import db, write
from app.domain.agency.agency import Agency, the_agency
from app.domain.notices import heartbeat
from app.domain.oversight import anomaly, noticing
from app.mail import candidate_sender

LOOK = "unusual-look"
INTO_MONDAY = timedelta(hours=5)


def look_due(_owner: str, now: datetime) -> int:
    """Look at the week that is over, and note which mails went out since; answers how much is new."""
    agency = the_agency()
    if agency is None:
        return 0
    if anomaly.any_unseen():
        write()
        anomaly.note_sent()
        db.session.commit()
    return _look(agency, now) if is_due(agency, now) else 0


def is_due(agency: Agency, now: datetime) -> bool:
    """From Monday at five where the agency is; a look that was missed comes as soon as there is somebody to do it."""
    last = heartbeat.last_run(LOOK)
    monday = clock.week_of(clock.local_day(now - INTO_MONDAY, agency.zone)).start
    return last is None or clock.local_day(last.started_at - INTO_MONDAY, agency.zone) < monday


def _look(agency: Agency, now: datetime) -> int:
    this_week = clock.week_of(clock.local_day(now, agency.zone))
    write()
    fresh = noticing.look(clock.week_of(this_week.start - clock.DAY), now, agency.zone, candidate_sender().host)
    heartbeat.ran(LOOK, now, now, None)
    db.session.commit()
    return fresh
