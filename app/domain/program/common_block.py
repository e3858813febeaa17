"""The follow-up block that everybody, or a team, has in common: when it is next, without anybody's own days off."""

from datetime import datetime

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.program import absence, block, holiday
from app.domain.program.block import Scope
from app.domain.program.occurrence import HORIZON, weeks
from app.domain.program.placing import Occurrence, place


def coming(program_id: int, team_id: int | None, now: datetime) -> Occurrence | None:
    """The one that runs, or else the next; None when half a year has none."""
    zone = the_zone()
    first = clock.week_of(clock.local_day(now, zone)).start
    end = first + clock.WEEK * HORIZON
    scopes = [*([Scope(program_id, team_id=team_id)] if team_id else []), Scope(program_id)]
    rows = block.history(scopes)
    closed = holiday.closed_days(first, end) | absence.days_off([], first, end)[absence.EVERYBODY]
    for week in weeks(first, end - clock.DAY):
        held = block.holding(rows, scopes, week)
        found = place(held, week, zone, closed=closed) if held else None
        if found and now < found.ends:
            return found
    return None
