"""The sponsor's month: the verdict of the page, its figures over the month that is over, and how they changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.clock import Period
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.oversight import sponsor_page
from app.domain.oversight.funnel import StageFigures
from app.domain.oversight.measured import figures_over
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.sponsor_figures import Figure
from app.domain.oversight.verdict import Verdict
from app.domain.oversight.waiting_for_word import Waiting
from app.domain.program import regular_mail
from app.domain.program.program import Program, the_program
from app.domain.program.regular_mail import Regular

KIND = "sponsor_month"
FIRST = Regular(KIND, frozenset({Role.SPONSOR, Role.ADMIN}), clock.month_of, "%Y-%m", news=10)
TOP = 5


@dataclass(frozen=True, slots=True)
class SponsorMonth:
    """`figures` are those of the month that is over, all the rest is what the sponsor's page says now.

    `compared`: the program ran in the whole of the month before, and the figures stand beside it. `named`: people may
    be named.
    """

    program: Program
    month: Period
    figures: Mapping[str, Figure]
    compared: bool
    verdict: Verdict
    named: bool
    stages: Sequence[StageFigures]
    waiting: Sequence[Waiting]
    quiet: Sequence[Quiet]

    @property
    def candidates(self) -> int:
        return sum(stage.candidates for stage in self.stages)


def readers(now: datetime) -> Sequence[Person]:
    """The sponsor and who administers; nobody while there is no month to tell of."""
    program = the_program()
    begun = program is not None and program.started_on < _last_month(now).end
    return regular_mail.readers(FIRST.roles) if begun else ()


def sponsor_month(now: datetime) -> SponsorMonth | None:
    """The facts as they are now; None before there is a program, or while its first month is not over."""
    program, zone = the_program(), the_zone()
    month = _last_month(now)
    if program is None or program.started_on >= month.end:
        return None
    page, earlier = sponsor_page.draw(sponsor_page.whole(now, zone)), clock.month_of(month.start - clock.DAY)
    compared = program.started_on <= earlier.start
    return SponsorMonth(
        program=program,
        month=month,
        figures=figures_over(month, earlier if compared else None, now, zone).figures,
        compared=compared,
        verdict=page.verdict,
        named=page.figures.named,
        stages=page.figures.stages,
        waiting=page.waiting,
        quiet=page.quiet,
    )


def _last_month(now: datetime) -> Period:
    return clock.month_of(clock.month_of(clock.local_day(now, the_zone())).start - clock.DAY)
