"""Attendance: how many qualifying actions each follow-up block had, and the streak that follows from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Date, bindparam, func, null, select, type_coerce, union_all

from app import clock
from app.db import UtcDateTime, db
from app.domain.actions import block_week, streak
from app.domain.actions.block_week import Week
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.queue import Queue, QueueCard
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person, Role
from app.domain.program import occurrence
from app.domain.program.occurrence import Occurrence, Timetable
from app.domain.program.program import the_program

SEVERAL = "several"
"""The source of what was logged for several people at once: attention, but not the work of a block."""

action = EngagementAction
SINCE = bindparam("since", type_=Date())
QUALIFYING = (
    select(action.occurred_at, action.recorded_at, Queue.block_at)
    .outerjoin(QueueCard, QueueCard.action_id == action.id)
    .outerjoin(Queue, Queue.id == QueueCard.queue_id)
    .where(
        action.undone_at.is_(None),
        action.source != SEVERAL,
        action.award_reason.is_distinct_from("already_today"),
    )
)
"""What was done and stands; doing the same thing twice for one candidate is doing it once."""
ACTS = QUALIFYING.where(action.person_id == block_week.ME)
"""The same of somebody (`me`)."""
ACTS_OF_MANY = QUALIFYING.add_columns(action.person_id).where(
    action.person_id.in_(bindparam("people", expanding=True)), action.local_date >= SINCE
)
NO_MOMENT = type_coerce(null(), UtcDateTime())
LATELY = union_all(
    block_week.WEEKS.add_columns(NO_MOMENT.label("occurred_at"), NO_MOMENT.label("recorded_at")),
    ACTS.with_only_columns(
        null(), null(), null(), Queue.block_at, action.occurred_at, action.recorded_at, maintain_column_froms=True
    ).where(action.local_date >= func.coalesce(block_week.LAST, SINCE)),
)
"""Their settled weeks, and what they did since the last of them, or else since a day."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row, this one included as soon as it is kept; `done` of `needed` actions are in this week's block.

    `coming` is the block that runs now, or else the next; None when half a year has none.
    """

    weeks: int
    freezes: int
    best: int
    done: int
    block: Occurrence | None
    coming: Occurrence | None = None
    needed: int = streak.NEEDED

    @property
    def kept(self) -> bool:
        """Whether this week's block has what it needs."""
        return self.block is not None and self.done >= self.needed

    @property
    def milestone(self) -> int | None:
        """The milestone that this week brought."""
        return self.weeks if self.kept and self.weeks in streak.MILESTONES else None

    @property
    def next_milestone(self) -> int | None:
        return streak.next_milestone(self.weeks)


class Act(NamedTuple):
    """An action that stands; `block_at`: the block in which the queue that it came from was begun."""

    at: datetime
    recorded_at: datetime
    block_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A week, its block, and how many qualifying actions were in it."""

    week: date
    block: Occurrence | None
    actions: int

    @property
    def judged(self) -> int | None:
        return self.actions if self.block else None


def current(person: Person, now: datetime) -> Streak:
    """How somebody's streak stands; last week is only missed when its time of grace is over."""
    joined = beginning([person])
    settled, acts = _lately(person.id, joined)
    first = _open_from(person, settled)
    return _standing(person, _table([person], first, now), settled, acts, now)


def currents(people: Sequence[Person], now: datetime) -> dict[int, Streak]:
    """The same of many at once."""
    settled = block_week.of_people([person.id for person in people])
    first = min([day for person in people if (day := _open_from(person, settled[person.id]))], default=None)
    acts, table = _acts_of(people, first) if first else {}, _table(people, first, now)
    return {person.id: _standing(person, table, settled[person.id], acts.get(person.id, ()), now) for person in people}


def _open_from(person: Person, settled: Sequence[Week]) -> date | None:
    """The first day of which no week is settled; None before there is a program."""
    return settled[-1].week + clock.WEEK if settled else beginning([person])


def _table(people: Sequence[Person], first: date | None, now: datetime) -> Timetable | None:
    return occurrence.timetable(people, first or now.date(), now.date() + clock.WEEK * occurrence.HORIZON)


def _standing(
    person: Person, table: Timetable | None, settled: Sequence[Week], acts: Iterable[Act], now: datetime
) -> Streak:
    run, first = streak.after(week.state for week in settled), _open_from(person, settled)
    if table is None or first is None:
        return Streak(run.weeks, run.freezes, run.best, 0, None, table.next_for(person, now) if table else None)
    monday = clock.week_of(clock.local_day(now, table.zone)).start
    weeks = list(counted(person, table, occurrence.weeks(first, monday), {}, acts))
    for each in weeks:
        state = run.judge(each.judged)
        if state is WeekState.KEPT or closes(each.week, table.zone) <= now:
            run = run.then(state)
    this = next((each for each in weeks if each.week == monday), Counted(monday, None, 0))
    return Streak(run.weeks, run.freezes, run.best, this.actions, this.block, table.next_for(person, now))


def closes(week: date, zone: ZoneInfo) -> datetime:
    """When nothing is recorded for the block of a week any more: the Monday after it at noon."""
    return clock.wall(week + clock.WEEK, streak.GRACE, zone)


def keepers() -> Sequence[Person]:
    """Everybody with a streak: those who contact candidates."""
    query = select(Person).where(Person.deactivated_at.is_(None), Person.role.in_((Role.RECRUITER, Role.LEAD)))
    return db.session.scalars(query.order_by(Person.id)).all()


def beginning(people: Collection[Person]) -> date | None:
    """The first day on which one of them could keep a block; None before there is a program."""
    program = the_program()
    joined = [max(person.joined_on, program.started_on) for person in people] if program else []
    return min(joined, default=None)


def derived(person: Person, table: Timetable, settled: Sequence[Week], now: datetime) -> list[Week]:
    """What became of each week whose time of grace is over, as the actions that stand say.

    A settled week keeps the block that it had, whatever its owner's team or the agency's zone has become since, unless
    that day turned out to be a day off.
    """
    first = beginning([person])
    if first is None:
        return []
    kept = {week.week: week.block_at for week in settled if week.block_at}
    today = clock.local_day(now, table.zone)
    over = [week for week in occurrence.weeks(first, today) if closes(week, table.zone) <= now]
    given = {"me": person.id, "since": over[0] - clock.DAY if over else None}
    acts = [Act(*row) for row in db.session.connection().execute(ACTS.where(action.local_date >= SINCE), given)]
    weeks = list(counted(person, table, over, kept, acts))
    found = zip(weeks, streak.states(each.judged for each in weeks), strict=True)
    return [Week(each.week, state, each.actions, each.block.starts if each.block else None) for each, state in found]


def counted(
    person: Person, table: Timetable, weeks: Sequence[date], kept: Mapping[date, datetime], done: Iterable[Act]
) -> Iterator[Counted]:
    """Each of these weeks in which the person could have a block, with what was in it; `kept`: the blocks they had."""
    first = beginning([person])
    acts = defaultdict(list)
    for act in done:
        acts[clock.week_of(clock.local_day(act.block_at or act.at, table.zone)).start].append(act)
    for week in weeks:
        block = _block(person, table, week, kept.get(week))
        if block is None or (first and clock.local_day(block.starts, table.zone) >= first):
            yield Counted(week, block, _within(block, acts[week], closes(week, table.zone)) if block else 0)


def _block(person: Person, table: Timetable, week: date, had: datetime | None) -> Occurrence | None:
    block = table.in_week(person, week)
    if had is None or block is None or had == block.starts:
        return block
    off = {*table.closed, *table.away[person.id]}
    return block if clock.local_day(had, table.zone) in off else replace(block, starts=had, moved="")


def _within(block: Occurrence, acts: Sequence[Act], until: datetime) -> int:
    """How many of them were in a block, or in a queue that was begun in it, and were recorded in time."""
    begin, end = block.starts - streak.EITHER_SIDE, block.ends + streak.EITHER_SIDE
    return sum(act.recorded_at < until and (begin <= act.at < end or act.block_at == block.starts) for act in acts)


def _lately(person_id: int, joined: date | None) -> tuple[list[Week], list[Act]]:
    """The settled weeks, and what was done since the last of them, or else since the first day, in one question."""
    given = {"me": person_id, "since": joined and joined - clock.DAY}
    rows = db.session.connection().execute(LATELY, given).all()
    settled = sorted(Week(row.week, WeekState(row.state), row.actions, row.block_at) for row in rows if row.week)
    return settled, [Act(row.occurred_at, row.recorded_at, row.block_at) for row in rows if row.week is None]


def _acts_of(people: Iterable[Person], first: date) -> dict[int, list[Act]]:
    """What each of these did since the week before a day, in which a block just after midnight may have begun."""
    given = {"people": [person.id for person in people], "since": first - clock.WEEK}
    found = defaultdict[int, list[Act]](list)
    for *act, person_id in db.session.connection().execute(ACTS_OF_MANY, given):
        found[person_id].append(Act(*act))
    return found
