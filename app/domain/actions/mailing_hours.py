"""When a candidate may be written to: inside the hours that they gave us, else on working days from nine to eight."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.candidates import preference
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.program.holiday import closed_days

FROM, UNTIL = 9 * 60, 20 * 60
MIDNIGHT = 24 * 60
WORKING_DAYS = "12345"
DAYS_AHEAD = 14


def opens_at(candidate_id: int, now: datetime, purpose: str = Purpose.CONTACT) -> datetime | None:
    """The first moment from now on at which we may write; now itself when we may, None when not within two weeks.

    A pause and the rest that they asked for are kept; what they said of this purpose goes before what they said of
    contact.
    """
    wishes, state = preference.current(candidate_id), db.session.get_one(ContactState, candidate_id)
    wish = wishes.get(purpose) or wishes.get(Purpose.CONTACT)
    start = max(now, state.paused_until or now, _rested(state) or now)
    return first_opening(wish, start, the_zone()) if start <= now + DAYS_AHEAD * clock.DAY else None


def is_open(candidate_id: int, now: datetime, purpose: str = Purpose.CONTACT) -> bool:
    """Whether we may write to somebody now."""
    return opens_at(candidate_id, now, purpose) == now


def first_opening(wish: ChannelPreference | None, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment from `start` on that lies in the days and hours of a wish; holidays are left out."""
    days = (wish.days if wish else "") or WORKING_DAYS
    today = clock.local_day(start, zone)
    closed = closed_days(today, today + DAYS_AHEAD * clock.DAY)
    for day in (today + number * clock.DAY for number in range(DAYS_AHEAD + 1)):
        opening, closing = (clock.wall(day, minute, zone) for minute in _hours(wish))
        if str(day.isoweekday()) in days and day not in closed and start < closing:
            return max(start, opening)
    return None


def _hours(wish: ChannelPreference | None) -> tuple[int, int]:
    """From and until, in minutes of the wall clock; who gave only one of them has the rest of that day."""
    start = wish.from_minute if wish and wish.from_minute is not None else FROM
    end = wish.until_minute if wish and wish.until_minute is not None else max(UNTIL, start + 60)
    return min(start, MIDNIGHT - 1), min(max(end, start + 1), MIDNIGHT - 1)


def _rested(state: ContactState) -> datetime | None:
    """When the rest is over that they asked for between two contacts."""
    if not state.rest_days or state.contact_at is None:
        return None
    return state.contact_at + timedelta(days=state.rest_days)
