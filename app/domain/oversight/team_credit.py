"""What candidates thought of a team credits the team, once a month; never a person, and not on a handful of answers."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.link import LIVES, LinkPurpose
from app.domain.game import ledger
from app.domain.journey.feedback import FACES, Feedback
from app.domain.oversight.window import FEWEST
from app.domain.program.program import the_program

SOURCE = "satisfaction"
MOST = 100
"""What every member of a team brings it when all who were asked answered, and chose the best face."""


class Asked(NamedTuple):
    """What a team asked in a month, how many answered, and the sum of their faces."""

    team_id: int
    asked: int
    answered: int
    faces: int

    @property
    def points(self) -> int:
        """For each member: the share that answered, times how far their average is from the worst face to the best."""
        best, worst = FACES[-1], FACES[0]
        return MOST * (self.faces - worst * self.answered) // ((best - worst) * self.asked)


def credit(now: datetime) -> int:
    """Credit the last month of which no question is open any more; answers how many teams were credited now."""
    program, month = the_program(), _month(now)
    if program is None or month.end <= program.started_on:
        return 0
    members = _members()
    return sum(
        _credit(program.id, each, members[each.team_id], month, now)
        for each in _asked(month)
        if each.team_id in members and each.points
    )


def _month(now: datetime) -> clock.Period:
    """What was asked in it was answered by now, or lapsed."""
    until = clock.local_day(now - LIVES[LinkPurpose.FEEDBACK], the_zone())
    return clock.month_of(clock.month_of(until).start - clock.DAY)


def _asked(month: clock.Period) -> Sequence[Asked]:
    since, until = month.moments(the_zone())
    row = Feedback
    query = (
        select(row.team_id, func.count(), func.count(row.score), func.coalesce(func.sum(row.score), 0))
        .where(row.asked_at >= since, row.asked_at < until, row.team_id.is_not(None))
        .group_by(row.team_id)
        .having(func.count(row.score) >= FEWEST)
        .order_by(row.team_id)
    )
    return [Asked(found[0] or 0, found[1], found[2], found[3] or 0) for found in db.session.execute(query)]


def _members() -> dict[int, int]:
    """How many people are in each team now."""
    query = select(Person.team_id, func.count()).where(Person.team_id.is_not(None), Person.deactivated_at.is_(None))
    return {team_id: count for team_id, count in db.session.execute(query.group_by(Person.team_id)) if team_id}


def _credit(program_id: int, of: Asked, members: int, month: clock.Period, now: datetime) -> int:
    key = _key(of.team_id, month.start)
    if ledger.is_known(key):
        return 0
    ledger.credit(
        program_id=program_id,
        person_id=None,
        team_id=of.team_id,
        kind=ledger.BONUS,
        action_kind_id=None,
        rule_version=None,
        points=of.points * members,
        reason=SOURCE,
        occurred_at=now,
        local_date=clock.local_day(now, the_zone()),
        recorded_at=now,
        source="system",
        candidate_id=None,
        source_kind=SOURCE,
        source_id=month.start.year * 100 + month.start.month,
        nth=None,
        key=key,
        line=0,
        actor_id=None,
    )
    return 1


def _key(team_id: int, month: date) -> bytes:
    return hashlib.blake2b(f"satisfaction of team {team_id} in {month:%Y-%m}".encode(), digest_size=16).digest()
