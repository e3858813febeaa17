"""Each minute: the figures of days follow what was logged, and the past in portions, for seconds at most."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.oversight import day_keeping
from app.domain.oversight.day_keeping import Look

SECONDS = 3.0


def keep_up(_owner: str, now: datetime) -> int:
    """Count what is new, then go back through the past, and through what was counted before; answers what changed.

    It is looked for without the write lock, because that takes a while and mostly finds nothing to write.
    """
    agency = the_agency()
    if agency is None:
        return 0
    changed, end = _keep(day_keeping.look_at_new(now, agency.zone)), time.monotonic() + SECONDS
    while time.monotonic() < end and (back := day_keeping.look_back(now, agency.zone)) is not None:
        changed += _keep(back)
    return changed + _again(now, agency.zone, end)


def _again(now: datetime, zone: ZoneInfo, end: float) -> int:
    """One portion, and as many as there is time for when the past was changed."""
    changed = _keep(day_keeping.look_again(now, zone))
    while time.monotonic() < end and day_keeping.is_in_a_hurry():
        changed += _keep(day_keeping.look_again(now, zone))
    return changed


def _keep(look: Look) -> int:
    write()
    changed = day_keeping.keep(look)
    db.session.commit()
    return changed
