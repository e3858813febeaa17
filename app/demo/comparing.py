"""How the demo agency compares itself: its seasons, a few part-timers, and who wants to be on the board by name."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.demo.cast import Cast
from app.domain.agency.person import Person, Role
from app.domain.game import appearance
from app.domain.program import contract, season
from app.domain.program.program import Program

SEASONS = (("Proefronde", -13, 2), ("Seizoen 1", -8, 4), ("Seizoen 2", -3, 5))
"""What each is called, in which week from this one it begins, and its weeks; between them are pauses."""

PART_TIMERS = {3: (1, 2), 11: (0, 1, 3), 20: (0, 2, 3)}
"""Recruiters by their number in the cast, with their days."""

HIDDEN = 8
UNDECIDED = (5, 17, 26, 33)


def arrange(people: Cast, program: Program, now: datetime, zone: ZoneInfo) -> None:
    """Before anybody earns anything."""
    by_id, began = people.part(Role.ADMIN).id, program.started_on
    monday = clock.week_of(clock.local_day(now, zone)).start
    for name, week, length in SEASONS:
        first = monday + clock.WEEK * week
        season.add(program.id, name, first, first + clock.WEEK * length - clock.DAY, by_id=by_id, now=now)
    for number, days in PART_TIMERS.items():
        contract.set_days(people.recruiters[number], days, began, by_id=by_id, now=now)
    for number, person in enumerate(people.recruiters):
        if number not in UNDECIDED:
            appearance.choose(person, appearance.HIDDEN if number == HIDDEN else appearance.NAMED, now)


def is_pause(week: int) -> bool:
    """Whether no season ran so many weeks ago."""
    return not any(first <= -week < first + length for _, first, length in SEASONS)


def days_of(number: int) -> Collection[int]:
    """The weekdays on which a recruiter works, by their number in the cast."""
    return PART_TIMERS.get(number, range(5))


def rota(recruiters: Sequence[Person]) -> list[Person]:
    """Everybody as often as they work days, so that who works less looks after fewer candidates."""
    return [person for day in range(5) for number, person in enumerate(recruiters) if day in days_of(number)]
