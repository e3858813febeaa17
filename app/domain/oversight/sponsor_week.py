"""The sponsor's Monday in three lines: the verdict, one thing to praise, one thing to do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import team_attendance
from app.domain.actions.covering import PLAYERS
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.notices.recipient import name_person
from app.domain.oversight.overview import FEWEST, Overview, overview
from app.domain.oversight.sponsor_month import FIRST
from app.domain.oversight.verdict import Verdict
from app.domain.program import regular_mail
from app.domain.program.program import Program, the_program
from app.domain.program.regular_mail import Due, Regular

KIND = "sponsor_week"
MONDAY = Regular(KIND, frozenset({Role.SPONSOR}), clock.week_of, "%G-W%V")
PRAISED_FROM = 60
"""Of a hundred people of a team so many keep their block at least, where it is praised."""


class Praise(StrEnum):
    """What went well, the best known first."""

    TEAM = "team"
    COVERAGE = "coverage"
    ANSWERED = "answered"
    NOTHING = "nothing"


class NextStep(StrEnum):
    """What presses most."""

    WORD = "word"
    LATE = "late"
    UNOWNED = "unowned"
    CANDIDATES = "candidates"
    NOTHING = "nothing"


class TeamShare(NamedTuple):
    """How many of a team kept last week's block, of those for whom there was one."""

    team: str
    kept: int
    expected: int


@dataclass(frozen=True, slots=True)
class SponsorWeek:
    """`share` is that of the team to praise; `number` counts what is praised, `next_number` what is to be done."""

    program: Program
    verdict: Verdict
    praise: Praise
    share: TeamShare | None
    number: int
    next_step: NextStep
    next_number: int


def due(now: datetime) -> list[Due]:
    """On the day of the monthly mail, which says the same and more, this one stays away."""
    people = regular_mail.readers(MONDAY.roles)
    found = regular_mail.due(MONDAY, people, now)
    if not found:
        return []
    zone = the_zone()
    month = clock.month_of(clock.local_day(now, zone))
    monthly = regular_mail.first_days(FIRST, people, month)
    days = {name_person(person_id): day for person_id, day in monthly.items()}
    return [each for each in found if clock.local_day(each.due_at, zone) != days.get(each.recipient)]


def sponsor_week(now: datetime) -> SponsorWeek | None:
    """The facts as they are now; None before there is a program."""
    program, zone = the_program(), the_zone()
    if program is None:
        return None
    figures = overview(program, now, zone)
    share = best_team(shares(now), named=figures.named)
    praise, number = to_praise(figures, share)
    next_step, next_number = pressing(figures)
    return SponsorWeek(program, figures.verdict, praise, share, number, next_step, next_number)


def best_team(teams: Sequence[TeamShare], *, named: bool) -> TeamShare | None:
    """The largest share, of equal ones that of the larger team; of fewer than five people nothing is told."""
    told = [each for each in teams if named or each.expected >= FEWEST]
    best = max(told, key=lambda each: (each.kept / each.expected, each.expected), default=None)
    return best if best and best.kept * 100 >= best.expected * PRAISED_FROM else None


def to_praise(figures: Overview, share: TeamShare | None) -> tuple[Praise, int]:
    """What went well, and how much of it there is."""
    now, before = figures.coverage.percent, figures.coverage_before.percent
    answered = figures.weeks.rows[-2].answered if figures.told else 0
    if share:
        return Praise.TEAM, share.kept
    if now is not None and before is not None and now > before:
        return Praise.COVERAGE, now - before
    return (Praise.ANSWERED, answered) if answered else (Praise.NOTHING, 0)


def pressing(figures: Overview) -> tuple[NextStep, int]:
    """What presses most, and for how many: whoever waits for our word, then for a contact, then for an owner."""
    counts = {
        NextStep.WORD: len(figures.waiting),
        NextStep.LATE: figures.coverage.late,
        NextStep.UNOWNED: figures.unowned,
    }
    otherwise = NextStep.NOTHING if figures.candidates else NextStep.CANDIDATES
    return next(((each, number) for each, number in counts.items() if number), (otherwise, 0))


def shares(now: datetime) -> list[TeamShare]:
    """Of each team with a block last week, by name."""
    day = clock.local_day(now, the_zone()) - clock.WEEK
    players = Person.role.in_(PLAYERS), Person.deactivated_at.is_(None), Person.team_id.is_not(None)
    staff = db.session.scalars(select(Person).where(*players).order_by(Person.id)).all()
    by_team: Mapping[int, list[WeekState]] = defaultdict(list)
    for each in team_attendance.of_week(staff, day):
        if each.state is not WeekState.EXCUSED and each.person.team_id:
            by_team[each.person.team_id].append(each.state)
    names = db.session.execute(select(Team.id, Team.name).order_by(Team.name, Team.id))
    return [
        TeamShare(name, by_team[team_id].count(WeekState.KEPT), len(by_team[team_id]))
        for team_id, name in names
        if by_team.get(team_id)
    ]
