"""A lead's Monday: who kept the follow-up block last week, and which candidates of the team wait too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.clock import Period
from app.domain.actions import attendance, team_attendance
from app.domain.actions.covering import PLAYERS
from app.domain.actions.streak import WeekState
from app.domain.actions.team_attendance import Attended
from app.domain.agency import person as people
from app.domain.agency import team as teams
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.game import appearance
from app.domain.oversight import quiet, staff_shares
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.window import FEWEST
from app.domain.program import regular_mail
from app.domain.program.program import Program, the_program, works_council_ok
from app.domain.program.regular_mail import Regular

KIND = "lead_week"
MONDAY = Regular(KIND, frozenset({Role.LEAD}), clock.week_of, "%G-W%V")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class LeadWeek:
    """`named`: people may be named. `told`: figures about the team may be told.

    `attended` are those who could have a block and may be named, without whoever chose to be on no list; `unseen` is
    how many those are. `closes`: until then what was done in last week's block can still be logged; None when it is
    past. `late` is how many candidates of the team wait too long, `waiting` the first of them; `closed`: neither
    is told, because it would tell of the work of a few people.
    """

    lead: Person
    team: str
    program: Program
    week: Period
    named: bool
    told: bool
    attended: Sequence[Attended]
    unseen: int
    closes: datetime | None
    waiting: Sequence[Quiet]
    late: int
    closed: bool = False

    @property
    def kept(self) -> list[Attended]:
        return [each for each in self.attended if each.state is WeekState.KEPT]

    @property
    def missed(self) -> list[Attended]:
        return [each for each in self.attended if each.state is WeekState.MISSED]

    @property
    def excused(self) -> list[Attended]:
        return [each for each in self.attended if each.state is WeekState.EXCUSED]

    @property
    def expected(self) -> int:
        """For how many there was a block."""
        return len(self.kept) + len(self.missed)


def readers() -> list[Person]:
    """The leads who have a team."""
    return [each for each in regular_mail.readers(MONDAY.roles) if each.team_id]


def lead_week(lead: Person, now: datetime) -> LeadWeek | None:
    """The facts as they are now; None for a lead without a team, or before there is a program."""
    program, team = the_program(), teams.team(lead.team_id) if lead.team_id else None
    if program is None or team is None:
        return None
    zone, staff = the_zone(), [each for each in people.of_team(team.id) if each.role in PLAYERS]
    week = clock.week_of(clock.local_day(now, zone) - clock.WEEK)
    named, closed = may_name(program), _is_small(team, program, now)
    unseen = appearance.hidden() & {each.id for each in staff} if named else set()
    attended = team_attendance.of_week([each for each in staff if each.id not in unseen], week.start)
    expected = sum(each.state is not WeekState.EXCUSED for each in attended)
    closes, owners = attendance.closes(week.start, zone), people.ever_of_team(team.id)
    return LeadWeek(
        lead=lead,
        team=team.name,
        program=program,
        week=week,
        named=named,
        told=named or (expected >= FEWEST and not closed),
        attended=attended,
        unseen=len(unseen),
        closes=closes if now < closes else None,
        waiting=[] if closed else quiet.gone_quiet(now, SHOWN, named=works_council_ok(program.id), owners=owners),
        late=0 if closed else quiet.how_many(now, owners),
        closed=closed,
    )


def _is_small(team: Team, program: Program, now: datetime) -> bool:
    day = clock.local_day(now, the_zone())
    return not works_council_ok(program.id) and team.id in staff_shares.staff().small(day, now)


def may_name(program: Program) -> bool:
    """Whether a lead reads who did what: the works council agreed, and the program speaks of people by name."""
    return program.board_mode == appearance.NAMES and works_council_ok(program.id)
