"""The weekly reminder: planned once per recruiter and ISO week, for nine o'clock on the day of the follow-up block."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from app import clock
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, Role
from app.domain.game.running_total import Standing
from app.domain.notices import outbox
from app.domain.program.block import Block, start_in_week, the_block
from app.domain.program.program import Program, the_program
from app.domain.scoring import contact_next, fan

KIND = "weekly_reminder"
NINE = 9 * 60
AHEAD = timedelta(hours=1)
NAMES = 3


@dataclass(frozen=True, slots=True)
class LastWeek:
    """What the recipient did in the week before."""

    actions: int
    points: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the mail says, as facts; `cooled` are the names of those who ceased to be fans in the past week."""

    person: Person
    program: Program
    block: Block
    starts: datetime
    waiting: int
    first: list[contact_next.NextUp]
    last_week: LastWeek
    cooled: list[str]


def plan_week(now: datetime, host: str) -> int:
    """Plan the reminders that are due by now and whose block is not over; returns how many are new.

    They are due at nine, or an hour before a block that begins earlier than ten: nobody plans a block that has begun.
    """
    agency, program = the_agency(), the_program()
    block = the_block(program.id) if program else None
    if agency is None or block is None:
        return 0
    starts = start_in_week(block, clock.local_day(now, agency.zone), agency.zone)
    day = clock.local_day(starts, agency.zone)
    due, end = min(clock.wall(day, NINE, agency.zone), starts - AHEAD), starts + block.length
    if not due <= now < end:
        return 0
    return sum(
        outbox.plan(
            kind=KIND,
            recipient=f"person:{person_id}",
            period=clock.week_name(day),
            payload={},
            due_at=due,
            not_after=end,
            now=now,
            host=host,
        )
        for person_id in db.session.scalars(recipients())
    )


def recipients() -> Select[int]:
    """Everybody who contacts candidates and can be mailed."""
    return select(Person.id).where(
        Person.deactivated_at.is_(None),
        Person.email.is_not(None),
        Person.password_hash.is_not(None),
        Person.role.in_((Role.RECRUITER, Role.LEAD)),
    )


def reminder_for(person: Person, now: datetime) -> Reminder | None:
    """The facts of a recruiter's reminder as they are now; None when nobody waits."""
    agency, program = the_agency(), the_program()
    block = the_block(program.id) if program else None
    if agency is None or program is None or block is None:
        return None
    upcoming = contact_next.for_person(person, now)
    if not upcoming.rows:
        return None
    today = clock.local_day(now, agency.zone)
    return Reminder(
        person,
        program,
        block,
        start_in_week(block, today, agency.zone),
        upcoming.waiting,
        list(upcoming.rows[:NAMES]),
        last_week(person.id, program.id, today - clock.WEEK),
        fan.cooled(person.id, now - clock.WEEK),
    )


def last_week(person_id: int, program_id: int, day: date) -> LastWeek:
    """What a person's standing was at the end of the week of a day."""
    found = db.session.execute(
        select(Standing.actions, Standing.points).where(
            Standing.program_id == program_id,
            Standing.scope == "person",
            Standing.period == "week",
            Standing.period_start == clock.week_of(day).start,
            Standing.subject_id == person_id,
        )
    ).first()
    return LastWeek(*found) if found else LastWeek(0, 0)
