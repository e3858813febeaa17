"""The streak calendar: what became of every week since somebody began, the one that runs included."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app import clock
from app.domain.actions import attendance, block_week
from app.domain.actions.attendance import Streak
from app.domain.actions.block_week import Week
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person

MOST = 104


class Calendar(NamedTuple):
    """The weeks that were settled, and this one as soon as it is kept, earliest first; at most of two years."""

    streak: Streak
    weeks: Sequence[Week]


def calendar_of(person: Person, now: datetime) -> Calendar:
    """How somebody's weeks went."""
    streak = attendance.current(person, now)
    weeks = [*block_week.of_person(person.id)][-MOST:]
    monday = clock.week_of(clock.local_day(now, the_zone())).start
    if streak.kept and not any(each.week == monday for each in weeks):
        at = streak.block.starts if streak.block else None
        weeks.append(Week(monday, WeekState.KEPT, streak.done, at))
    return Calendar(streak, weeks)
