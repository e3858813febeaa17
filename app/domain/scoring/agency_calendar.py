"""The agency's working calendar: its hours on weekdays, without public holidays and closures."""

from collections.abc import Collection
from datetime import date, datetime, time
from functools import lru_cache
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy.orm import SessionTransaction

from app.db import db
from app.domain.agency.agency import CLOSES, OPENS, the_agency
from app.domain.program import absence
from app.domain.scoring.working_time import WorkingCalendar

LAST_MINUTE = 24 * 60 - 1
IN_TRANSACTION: WeakKeyDictionary[SessionTransaction, dict[int, WorkingCalendar]] = WeakKeyDictionary()


def calendar_at(moment: datetime) -> WorkingCalendar:
    """The calendar around a moment: of its year and the ones beside it; looked up once in a transaction."""
    agency = the_agency()
    zone = agency.zone if agency else ZoneInfo("UTC")
    session = db.session()
    known = IN_TRANSACTION.setdefault(session.get_transaction() or session.begin(), {})
    year = moment.astimezone(zone).year
    if year not in known:
        hours = (agency.opens, agency.closes) if agency else (OPENS, CLOSES)
        known[year] = _calendar(zone, absence.closed_days(date(year - 1, 1, 1), date(year + 1, 12, 31)), hours)
    return known[year]


@lru_cache(maxsize=8)
def _calendar(zone: ZoneInfo, closed: Collection[date], hours: tuple[int, int]) -> WorkingCalendar:
    opens, closes = (time(*divmod(min(minute, LAST_MINUTE), 60)) for minute in hours)
    return WorkingCalendar(zone, closed, opens, closes)
