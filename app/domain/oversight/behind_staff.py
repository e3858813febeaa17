"""Behind a figure of the staff: the people whom it is about, each with what they did of what was expected."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import case, func, select

from app import clock
from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.oversight import day_reading
from app.domain.oversight.day_reading import Source
from app.domain.oversight.sponsor_page import Asked
from app.domain.oversight.staff_shares import Worker, weeks_of

Done = dict[int, tuple[int, int]]


class StaffRow(NamedTuple):
    """`done` of `whole`: weeks with something done, blocks kept, or contacts with an answer."""

    person_id: int
    name: str
    team: str | None
    done: int
    whole: int


def people(asked: Asked, code: str) -> list[StaffRow]:
    """Everybody of the scope about whom the figure is, by name; nobody while people may not be named."""
    if not asked.named:
        return []
    done = {"adoption": _weeks, "attendance": _blocks, "two_way": _contacts}[code](asked)
    mine = (each for each in asked.staff.workers if asked.scope.holds(each.team_id) and each.person_id in done)
    rows = [
        StaffRow(each.person_id, each.name, each.team, *done[each.person_id]) for each in sorted(mine, key=_by_name)
    ]
    return [row for row in rows if row.whole]


def _by_name(worker: Worker) -> tuple[str, int]:
    return worker.sort_name, worker.person_id


def _weeks(asked: Asked) -> Done:
    """In how many of the weeks in which they worked here they did something."""
    scope = asked.scope
    did = Source(scope, asked.known).did([scope.days])
    weeks = weeks_of((scope.days,))
    active = Counter[int]()
    seen = {
        (who, week)
        for day, who in db.session.execute(select(did.c.day, did.c.person_id))
        for week in weeks
        if day in week
    }
    active.update(who for who, _ in seen)
    ends = [(week.end - clock.DAY, min(scope.now, clock.midnight(week.end, scope.zone))) for week in weeks]
    worked = {each.person_id: sum(each.is_expected(*end) for end in ends) for each in asked.staff.workers}
    return {who: (active[who], weeks_here) for who, weeks_here in worked.items() if weeks_here}


def _blocks(asked: Asked) -> Done:
    kept = func.sum(case((BlockWeek.state == WeekState.KEPT, 1), else_=0))
    query = select(BlockWeek.person_id, kept, func.count()).where(
        day_reading.within(BlockWeek.week, [asked.scope.days]), BlockWeek.state != WeekState.EXCUSED
    )
    return {who: (int(done), whole) for who, done, whole in db.session.execute(query.group_by(BlockWeek.person_id))}


def _contacts(asked: Asked) -> Done:
    did = Source(asked.scope, asked.known).did([asked.scope.days])
    query = select(did.c.person_id, func.sum(did.c.answered), func.sum(did.c.answered + did.c.tried))
    return {who: (int(done), int(whole)) for who, done, whole in db.session.execute(query.group_by(did.c.person_id))}
