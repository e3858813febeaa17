"""The follow-up blocks of people in time: this week's, the next, and those of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Date, bindparam

from app import clock
from app.db import Together
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.program import absence, block, holiday
from app.domain.program.absence import Absence
from app.domain.program.block import Block
from app.domain.program.block_move import BlockMove
from app.domain.program.placing import Occurrence, place
from app.domain.program.program import the_program

__all__ = ["Occurrence", "Timetable", "between", "in_week", "next_for", "place", "timetable"]
HORIZON = 26
PEOPLE: BindParameter[int] = bindparam("people", expanding=True)
TEAMS: BindParameter[int] = bindparam("teams", expanding=True)
FIRST, LAST = bindparam("first", type_=Date()), bindparam("last", type_=Date())
DECISIVE = Together(
    (Absence, absence.touching(PEOPLE, FIRST, LAST)),
    (Block, (Block.program_id == bindparam("program")) & block.whose(TEAMS, PEOPLE)),
    (BlockMove, BlockMove.person_id.in_(PEOPLE) & BlockMove.week.between(FIRST, LAST)),
)


@dataclass(frozen=True, slots=True)
class Timetable:
    """What decides about the blocks of some people in some weeks; fetched once, asked for each of them."""

    program_id: int
    zone: ZoneInfo
    blocks: Sequence[Block]
    closed: frozenset[date]
    away: Mapping[int | None, frozenset[date]]
    moves: Mapping[tuple[int, date], BlockMove]

    def reserved(self, person: Person, day: date) -> Block | None:
        """The weekly time that holds for a person in the ISO week of a day."""
        return block.holding(self.blocks, block.scopes_of(self.program_id, person), day)

    def next_for(self, person: Person, now: datetime) -> Occurrence | None:
        """The running block of a person, or else the next; None when half a year has none."""
        today = clock.local_day(now, self.zone)
        coming = (self.in_week(person, week) for week in weeks(today - clock.WEEK, today + clock.WEEK * HORIZON))
        return next((each for each in coming if each and now < each.ends), None)

    def in_week(self, person: Person, day: date) -> Occurrence | None:
        """The block of a person in the ISO week of a day; None when no day of it is worked."""
        week, reserved = clock.week_of(day).start, self.reserved(person, day)
        if reserved is None:
            return None
        move = self.moves.get((person.id, week))
        return place(reserved, week, self.zone, closed=self.closed, away=self.away[person.id], move=move)


def timetable(people: Sequence[Person], first: date, last: date) -> Timetable | None:
    """For the ISO weeks from that of the first to that of the last day; None before there is a program."""
    program = the_program()
    if program is None:
        return None
    start, end = clock.week_of(first).start, clock.week_of(last).end - clock.DAY
    asked = {
        "program": program.id,
        "people": [person.id for person in people],
        "teams": list({person.team_id for person in people if person.team_id}),
        "first": start,
        "last": end,
    }
    absences, blocks, moves = DECISIVE.of(asked)
    off = absence.days_of(absences, start, end)
    return Timetable(
        program_id=program.id,
        zone=the_zone(),
        blocks=sorted(blocks, key=lambda row: row.id),
        closed=holiday.closed_days(start, end) | off[absence.EVERYBODY],
        away=off,
        moves={(row.person_id, row.week): row for row in moves},
    )


def between(person: Person, first_week: date, last_week: date) -> list[Occurrence]:
    """The blocks of a person in the ISO weeks from that of the first to that of the last day."""
    table = timetable([person], first_week, last_week)
    if table is None:
        return []
    found = (table.in_week(person, week) for week in weeks(first_week, last_week))
    return [each for each in found if each]


def weeks(first: date, last: date) -> list[date]:
    """The Mondays of the ISO weeks from that of the first to that of the last day."""
    start = clock.week_of(first).start
    return [start + clock.WEEK * number for number in range((last - start).days // 7 + 1)]


def in_week(person: Person, day: date) -> Occurrence | None:
    """The block of a person in the ISO week of a local day; None when no day of that week is worked."""
    return next(iter(between(person, day, day)), None)


def next_for(person: Person, now: datetime) -> Occurrence | None:
    """The running block of a person, or else the next; None when half a year has none."""
    today = clock.local_day(now, the_zone())
    table = timetable([person], today - clock.WEEK, today + clock.WEEK * HORIZON)
    return table.next_for(person, now) if table else None
