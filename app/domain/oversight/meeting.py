"""The company meeting: what five slides tell of the program, without ranks, and of people nothing but compliments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.domain.game import appearance
from app.domain.game.appearance import names_for
from app.domain.game.recognition import kudos
from app.domain.game.recognition.kudos import Told
from app.domain.oversight import goal, improvement, sponsor_deed
from app.domain.oversight.adoption import adoption
from app.domain.oversight.coverage import Coverage, coverage_of, stages
from app.domain.oversight.goal import Goal
from app.domain.oversight.improvement import Improvement, State
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.overview import may_name, may_tell, verdict_of
from app.domain.oversight.satisfaction import Result, whole
from app.domain.oversight.sponsor_deed import SponsorDeed
from app.domain.oversight.verdict import Verdict
from app.domain.oversight.week import WeekFigures, last_weeks
from app.domain.program.program import Program

SPAN = timedelta(weeks=12)
LATELY, MOST = 4, 3
NOT_OLDER = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`told`: figures about people may be told; `weeks` are the last four that are over."""

    verdict: Verdict
    told: bool
    coverage: Coverage
    weeks: Sequence[WeekFigures]
    answers: Result
    goals: Sequence[Goal]
    running: Sequence[Improvement]
    done: Sequence[Improvement]
    deeds: Sequence[SponsorDeed]
    compliments: Sequence[Told]

    @property
    def conversations(self) -> int:
        return sum(each.answered for each in self.weeks)

    @property
    def actions(self) -> int:
        return sum(each.actions for each in self.weeks)


def meeting(program: Program, now: datetime, zone: ZoneInfo) -> Meeting:
    """What there is to tell today."""
    part, figures, weeks = adoption(now, zone), stages(now), last_weeks(now, zone)
    told = may_tell(part, weeks, named=may_name(program))
    return Meeting(
        verdict=verdict_of(part, figures, weeks, clock.local_day(now, zone).weekday(), told=told),
        told=told,
        coverage=coverage_of(figures),
        weeks=weeks.rows[-LATELY - 1 : -1],
        answers=whole(Scope(now - SPAN, now)),
        goals=goal.open_of(program.id),
        running=improvement.latest(program.id, State.RUNNING, MOST),
        done=improvement.latest(program.id, State.DONE, MOST),
        deeds=sponsor_deed.latest(program.id, MOST),
        compliments=_compliments(program, now),
    )


def _compliments(program: Program, now: datetime) -> list[Told]:
    """Only between people who show their own names to everybody, where the works council agrees to names."""
    if program.board_mode != appearance.NAMES:
        return []
    rows = [each for each in kudos.of_program(program.id).rows if each.text and each.row.given_at >= now - NOT_OLDER]
    names = names_for(program, None, {who for each in rows for who in (each.row.giver_id, each.row.receiver_id)})
    return [each for each in rows if names[each.row.giver_id] and names[each.row.receiver_id]][:MOST]
