"""The overview: every figure of the sponsor's page, as of one moment."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.domain.oversight.adoption import Adoption, adoption, week_earlier
from app.domain.oversight.coverage import Coverage, StageFigures, coverage_at, coverage_of, stages
from app.domain.oversight.quiet import Quiet, gone_quiet
from app.domain.oversight.verdict import Figures, Verdict, judge
from app.domain.oversight.waiting_for_word import Waiting, waiting_for_word
from app.domain.oversight.week import Weeks, last_weeks
from app.domain.program.program import Program, works_council_ok

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """`named`: people may be named. `told`: figures about people may be shown."""

    at: datetime
    named: bool
    told: bool
    verdict: Verdict
    adoption: Adoption
    coverage: Coverage
    coverage_before: Coverage
    stages: list[StageFigures]
    weeks: Weeks
    quiet: list[Quiet]
    waiting: list[Waiting]

    @property
    def candidates(self) -> int:
        return sum(stage.candidates for stage in self.stages)

    @property
    def unowned(self) -> int:
        return sum(stage.unowned for stage in self.stages)


def overview(program: Program | None, now: datetime, zone: ZoneInfo) -> Overview:
    """All figures; a program without people and candidates has zeros."""
    named = may_name(program)
    part, figures, weeks = adoption(now, zone), stages(now), last_weeks(now, zone)
    told, covered = may_tell(part, weeks, named=named), coverage_of(figures)
    return Overview(
        at=now,
        named=named,
        told=told,
        verdict=verdict_of(part, figures, weeks, clock.local_day(now, zone).weekday(), told=told),
        adoption=part,
        coverage=covered,
        coverage_before=coverage_at(week_earlier(now, zone)),
        stages=figures,
        weeks=weeks,
        quiet=gone_quiet(now, named=named),
        waiting=waiting_for_word(now, named=named),
    )


def may_name(program: Program | None) -> bool:
    """Person-level views are open: the works council's consent, or that there is none, is recorded."""
    return program is not None and works_council_ok(program.id)


def may_tell(part: Adoption, weeks: Weeks, *, named: bool) -> bool:
    """A sum over fewer than five people is a person, which may only be shown where people may be named."""
    nobody = not part.so_far.expected and not any(week.actions for week in weeks.rows)
    return named or nobody or part.so_far.expected >= FEWEST


def verdict_of(part: Adoption, figures: list[StageFigures], weeks: Weeks, weekday: int, *, told: bool) -> Verdict:
    """What these figures say."""
    candidates = sum(stage.candidates for stage in figures)
    return judge(
        Figures(
            active=part.so_far.active,
            expected=part.so_far.expected,
            active_last_week=part.last_week.active,
            expected_last_week=part.last_week.expected,
            actions=sum(week.actions for week in weeks.rows),
            weekday=weekday,
            candidates=candidates,
            owned=candidates - sum(stage.unowned for stage in figures),
            late=coverage_of(figures).late,
            told=told,
        )
    )
