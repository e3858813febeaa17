"""The sponsor's Monday in three lines: the verdict, one thing to praise, one thing to do."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
from app.domain.oversight import sponsor_page
from app.domain.oversight.best_team import TeamShare, best_team
from app.domain.oversight.sponsor_figures import SponsorFigures
from app.domain.oversight.sponsor_month import FIRST
from app.domain.oversight.verdict import Verdict
from app.domain.program import regular_mail
from app.domain.program.program import Program, the_program
from app.domain.program.regular_mail import Due, Regular

KIND = "sponsor_week"
MONDAY = Regular(KIND, frozenset({Role.SPONSOR}), clock.week_of, "%G-W%V")


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
    page = sponsor_page.draw(sponsor_page.whole(now, zone))
    share = best_team(shares(now, _small(page.figures)), named=page.figures.named)
    praise, number = to_praise(page.figures, share)
    next_step, next_number = pressing(page.figures, len(page.waiting))
    return SponsorWeek(program, page.verdict, praise, share, number, next_step, next_number)


def _small(figures: SponsorFigures) -> Collection[int]:
    """The teams of which nothing is told."""
    return () if figures.named else figures.staff.small(figures.scope.today, figures.scope.now)


def to_praise(figures: SponsorFigures, share: TeamShare | None) -> tuple[Praise, int]:
    """What went well last week, and how much of it there is."""
    before, last = figures.weeks[-3], figures.weeks[-2]
    answered = last.done.answered if figures.told else 0
    if share:
        return Praise.TEAM, share.kept
    if last.coverage is not None and before.coverage is not None and last.coverage > before.coverage:
        return Praise.COVERAGE, int(last.coverage - before.coverage)
    return (Praise.ANSWERED, answered) if answered else (Praise.NOTHING, 0)


def pressing(figures: SponsorFigures, waiting: int) -> tuple[NextStep, int]:
    """What presses most, and for how many: whoever waits for our word, then for a contact, then for an owner."""
    counts = {
        NextStep.WORD: waiting,
        NextStep.LATE: figures.standing("late"),
        NextStep.UNOWNED: figures.standing("unowned"),
    }
    otherwise = NextStep.NOTHING if figures.standing("candidates") else NextStep.CANDIDATES
    return next(((each, number) for each, number in counts.items() if number), (otherwise, 0))


def shares(now: datetime, but: Collection[int] = ()) -> list[TeamShare]:
    """Of each team with a block last week, by name, without some of them."""
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
        if by_team.get(team_id) and team_id not in but
    ]
