"""How the people of a team spent their follow-up block in one week, also before the week is settled."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app import clock
from app.db import db
from app.domain.actions import attendance, streak
from app.domain.actions.attendance import QUALIFYING, Act
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person
from app.domain.program import occurrence

BEGINNING = streak.Run()
"""Without a streak there is no freeze: a week was kept, excused or missed."""


class Attended(NamedTuple):
    """What became of somebody's block, and how many qualifying actions were in it."""

    person: Person
    state: WeekState
    actions: int


def of_week(people: Sequence[Person], day: date) -> list[Attended]:
    """Of everybody who could have a block in the ISO week of a day, in the order in which they are given."""
    monday, table = clock.week_of(day).start, occurrence.timetable(people, day, day)
    if table is None:
        return []
    acts = _acts([each.id for each in people], monday)
    found = (
        (person, week)
        for person in people
        for week in attendance.counted(person, table, [monday], {}, acts.get(person.id, ()))
    )
    return [Attended(person, BEGINNING.judge(week.judged), week.actions) for person, week in found]


def _acts(people: Sequence[int], monday: date) -> Mapping[int, list[Act]]:
    """A day more on both sides: an early block, or one at the end, has its quarter of an hour beside it."""
    row = EngagementAction
    around = row.local_date.between(monday - clock.DAY, monday + clock.WEEK)
    query = QUALIFYING.add_columns(row.person_id).where(row.person_id.in_(people), around)
    found: dict[int, list[Act]] = defaultdict(list)
    for occurred_at, recorded_at, block_at, person_id in db.session.execute(query):
        found[person_id].append(Act(occurred_at, recorded_at, block_at))
    return found
