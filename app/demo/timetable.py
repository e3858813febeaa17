"""When the demo agency works: a team and a part-timer with a time of their own, a colleague who is ill, closed days."""

from datetime import date, datetime

from app import clock
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Person, Role
from app.domain.program import absence, block
from app.domain.program.block import Scope

WEDNESDAY, THURSDAY = 2, 3
OF_TEAM, OF_PART_TIMER = (THURSDAY, 15 * 60), (WEDNESDAY, 10 * 60)
"""The weekday and the minute at which their blocks begin, since so many weeks."""
SINCE = 6
PART_TIMER, ILL = 3, 4
CLOSED = "Tussen kerst en oud en nieuw"


def fill(people: Cast, setting: Setting) -> None:
    """Reserve, excuse and close, all relative to today."""
    by_id, now = people.part(Role.ADMIN).id, setting.now
    today = clock.local_day(now, setting.zone)
    team = Scope(setting.program_id, team_id=people.leads[-1].team_id)
    part_timer = Scope(setting.program_id, person_id=people.recruiters[PART_TIMER].id)
    _reserve(team, *OF_TEAM, by_id, now)
    _reserve(part_timer, *OF_PART_TIMER, by_id, now)
    _off(people.recruiters[ILL], today - clock.DAY * 2, today + clock.DAY * 5, now)
    friday = clock.week_of(today + clock.WEEK * 2).end - clock.DAY * 3
    _off(people.star, friday, friday, now)
    year = today.year if today < date(today.year, 12, 28) else today.year + 1
    absence.record(absence.EVERYBODY, date(year, 12, 28), date(year, 12, 31), by_id=by_id, now=now, label=CLOSED)


def _reserve(scope: Scope, weekday: int, starts: int, by_id: int, now: datetime) -> None:
    from_week = clock.week_of((now - clock.WEEK * SINCE).date()).start
    block.reserve(scope, weekday, starts, 45, from_week=from_week, by_id=by_id, at=now - clock.WEEK * SINCE)


def _off(person: Person, first: date, last: date, now: datetime) -> None:
    absence.record(person.id, first, last, by_id=person.id, now=now)
