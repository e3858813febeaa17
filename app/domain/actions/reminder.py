"""The weekly reminder: planned once per recruiter and ISO week, for nine o'clock on the day of their own block."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select

from app import clock
from app.db import db
from app.domain.actions import attendance
from app.domain.actions.attendance import Streak
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.game import appearance
from app.domain.game.competing import glance
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.own_part import OwnPart
from app.domain.game.running_total import Standing
from app.domain.notices import outbox
from app.domain.notices.recipient import name_person
from app.domain.program import occurrence
from app.domain.program.occurrence import Occurrence
from app.domain.program.program import Program, the_program
from app.domain.scoring import contact_next, fan, list_log
from app.domain.scoring.contact_next import NextUp, Upcoming

KIND = "weekly_reminder"
NINE = 9 * 60
AHEAD = timedelta(hours=1)
NAMES = 3


@dataclass(frozen=True, slots=True)
class LastWeek:
    """What the recipient did in the week before."""

    actions: int
    points: int


NOTHING_DONE = LastWeek(0, 0)


class Taking(NamedTuple):
    """A running competition in which the recipient takes part, with how it stands for them; None has just joined.

    `other` is whom they meet in it, as they appear to colleagues.
    """

    competition: Competition
    part: OwnPart | None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the mail says, as facts; `cooled` are the names of those who ceased to be fans in the past week.

    `upcoming` is None when nobody is to be contacted, and the program wants a mail all the same; `waiting` is for how
    many of the pool something is due.
    """

    person: Person
    program: Program
    block: Occurrence
    upcoming: Upcoming | None
    waiting: int
    last_week: LastWeek
    streak: Streak
    contests: list[Taking]
    cooled: list[str]

    @property
    def starts(self) -> datetime:
        return self.block.starts

    @property
    def first(self) -> list[NextUp]:
        """Whom the mail names."""
        return self.upcoming.rows[:NAMES] if self.upcoming else []


def plan_week(now: datetime, host: str) -> int:
    """Plan the reminders that are due by now and whose block is not over; returns how many are new.

    Each is about the recipient's own block, wherever it falls this week; who has none, being off, gets none.
    """
    people = db.session.scalars(recipients()).all()
    today = clock.local_day(now, the_zone())
    table = occurrence.timetable(people, today, today)
    blocks = {name_person(person.id): table.in_week(person, today) for person in people} if table else {}
    due = {recipient: block for recipient, block in blocks.items() if block and due_at(block) <= now < block.ends}
    known = {week: outbox.planned(KIND, clock.week_name(week)) for week in {block.week for block in due.values()}}
    new = {recipient: block for recipient, block in due.items() if recipient not in known[block.week]}
    return sum(_plan(recipient, block, now, host) for recipient, block in new.items())


def due_at(block: Occurrence) -> datetime:
    """Nine on its day, or an hour before a block that begins earlier than ten: nobody plans one that has begun."""
    zone = the_zone()
    return min(clock.wall(clock.local_day(block.starts, zone), NINE, zone), block.starts - AHEAD)


def _plan(recipient: str, block: Occurrence, now: datetime, host: str) -> int:
    return outbox.plan(
        kind=KIND,
        recipient=recipient,
        period=clock.week_name(block.week),
        payload={},
        due_at=due_at(block),
        not_after=block.ends,
        now=now,
        host=host,
    )


def recipients() -> Select[Person]:
    """Everybody who contacts candidates and can be mailed."""
    return select(Person).where(
        Person.deactivated_at.is_(None),
        Person.email.is_not(None),
        Person.password_hash.is_not(None),
        Person.role.in_((Role.RECRUITER, Role.LEAD)),
    )


def reminder_for(person: Person, now: datetime) -> Reminder | None:
    """The facts of a recruiter's reminder as they are now; None when nobody waits, or the block is not today."""
    return reminders_for([person], now).get(person.id)


def reminders_for(people: Sequence[Person], now: datetime) -> dict[int, Reminder]:
    """The same of many at once, each by whose it is.

    Where the program wants it, a mail also goes when nobody waits: then it names nobody.
    """
    program, today, zone = the_program(), clock.local_day(now, the_zone()), the_zone()
    if program is None:
        return {}
    streaks = attendance.currents(people, now)
    blocks = {who: streak.block for who, streak in streaks.items() if streak.block}
    here = [each for each in people if each.id in blocks and clock.local_day(blocks[each.id].starts, zone) == today]
    upcoming = {each.id: _somebody(each, now) for each in here}
    told = [each for each in here if upcoming[each.id] or program.remind_when_empty]
    ids = [each.id for each in told]
    weeks, cooled = last_weeks(ids, program.id, today - clock.WEEK), fan.cooled(ids, now - clock.WEEK)
    running = glance.of_people(ids, today)
    return {
        each.id: Reminder(
            person=each,
            program=program,
            block=blocks[each.id],
            upcoming=found,
            waiting=found.waiting if found else 0,
            last_week=weeks.get(each.id, NOTHING_DONE),
            streak=streaks[each.id],
            contests=_taking_part(each, program, running[each.id], now),
            cooled=cooled[each.id],
        )
        for each in told
        for found in [upcoming[each.id]]
    }


def _somebody(person: Person, now: datetime) -> Upcoming | None:
    """Whom the block is for: also those who are good to contact though they do not wait, as just after an import."""
    found = contact_next.for_person(person, now)
    return found if found.rows else None


def _taking_part(person: Person, program: Program, running: Sequence[Competition], now: datetime) -> list[Taking]:
    parts = [(row, glance.at_a_glance(row, now).parts.get(person.id)) for row in running]
    others = {part.other_id for _, part in parts if part and part.other_id}
    names = appearance.names_for(program, person, others) if others else {}
    return [Taking(row, part, names.get(part.other_id or 0) if part else None) for row, part in parts]


def note(told: Iterable[Reminder], now: datetime) -> None:
    """Log whom mails name, where that is not what the last one named."""
    list_log.note_all({facts.person.id: facts.upcoming for facts in told if facts.upcoming}, "mail", now, first=NAMES)


def last_weeks(ids: Collection[int], program_id: int, day: date) -> dict[int, LastWeek]:
    """What each person's standing was at the end of the week of a day; who is missing had none."""
    rows = select(Standing.subject_id, Standing.actions, Standing.points).where(
        Standing.program_id == program_id,
        Standing.scope == "person",
        Standing.period == "week",
        Standing.period_start == clock.week_of(day).start,
        Standing.subject_id.in_(ids),
    )
    return {who: LastWeek(actions, points) for who, actions, points in db.session.execute(rows)}
