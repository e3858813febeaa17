"""The demo agency's follow-up blocks: in the weeks behind it more and more of its people worked through a queue."""

import random
from collections.abc import Iterator
from datetime import date, datetime

from app import clock
from app.demo import timetable
from app.demo.cast import Cast
from app.demo.past import WEEKS, Setting
from app.domain.agency.person import Person
from app.domain.program.block import Block

CARDS = 6
LEADS_CARDS = 5
MINUTES = 6
KEEPING = (0.55, 0.88)
"""How likely somebody keeps a block, at the beginning and now."""


def moments(people: Cast, person: Person, week: int, rng: random.Random, setting: Setting) -> Iterator[datetime]:
    """When somebody logged in their block, so many weeks ago; the star kept them all."""
    first, last = KEEPING
    keeping = last - (last - first) * week / WEEKS
    if person is not people.star and rng.random() > keeping:
        return
    monday = clock.week_of(clock.local_day(setting.now, setting.zone)).start - clock.WEEK * week
    day, starts = _slot(people, person, monday, week, setting)
    for number in range(LEADS_CARDS if person in people.leads else CARDS):
        yield clock.wall(day, starts + 2 + number * MINUTES, setting.zone)


def _slot(people: Cast, person: Person, monday: date, week: int, setting: Setting) -> tuple[date, int]:
    """The day and the minute at which their block begins."""
    usual = Block(program_id=setting.program_id)
    weekday, starts = usual.weekday, usual.starts
    if week <= timetable.SINCE and person is people.recruiters[timetable.PART_TIMER]:
        weekday, starts = timetable.OF_PART_TIMER
    elif week <= timetable.SINCE and person.team_id == people.leads[-1].team_id:
        weekday, starts = timetable.OF_TEAM
    return monday + clock.DAY * weekday, starts
