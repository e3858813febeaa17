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
from app.domain.scoring import quiet_hours
from app.domain.scoring.quiet_hours import DAYS_AHEAD, Hours

AHEAD = DAYS_AHEAD * clock.DAY


def opens_at(candidate_id: int, now: datetime, purpose: str = Purpose.CONTACT) -> datetime | None:
    """The first moment from now on at which we may write; now itself when we may, None when not within two weeks.

    A pause and the rest that they asked for are kept; what they said of this purpose goes before what they said of
    contact.
    """
    state = db.session.get_one(ContactState, candidate_id)
    start = max(now, state.paused_until or now, _rested(state) or now)
    return first_opening(_wish(candidate_id, purpose), start, the_zone()) if start <= now + AHEAD else None


def next_hour(candidate_id: int, now: datetime) -> datetime:
    """The first moment within their hours, whatever rest they asked for: a term ends. Now, when there is none."""
    return first_opening(_wish(candidate_id, Purpose.CONTACT), now, the_zone()) or now


def is_open(candidate_id: int, now: datetime, purpose: str = Purpose.CONTACT) -> bool:
    """Whether we may write to somebody now."""
    return opens_at(candidate_id, now, purpose) == now


def first_opening(wish: ChannelPreference | None, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment from `start` on that lies in the days and hours of a wish; holidays are left out."""
    hours = Hours(wish.days, wish.from_minute, wish.until_minute) if wish else Hours()
    today = clock.local_day(start, zone)
    return quiet_hours.first_opening(hours, start, zone, closed_days(today, today + AHEAD))


def _wish(candidate_id: int, purpose: str) -> ChannelPreference | None:
    wishes = preference.current(candidate_id)
    return wishes.get(purpose) or wishes.get(Purpose.CONTACT)


def _rested(state: ContactState) -> datetime | None:
    """When the rest is over that they asked for between two contacts."""
    if not state.rest_days or state.contact_at is None:
        return None
    return state.contact_at + timedelta(days=state.rest_days)
