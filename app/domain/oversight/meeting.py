"""The company meeting: what five slides tell of the program, without ranks, and of people nothing but compliments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.clock import Period
from app.domain.game import appearance
from app.domain.game.appearance import names_for
from app.domain.game.recognition import kudos
from app.domain.game.recognition.kudos import Told
from app.domain.oversight import goal, improvement, sponsor_deed
from app.domain.oversight.goal import Goal
from app.domain.oversight.improvement import Improvement, State
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.measured import SPAN as FOUR_WEEKS
from app.domain.oversight.measured import figures_over
from app.domain.oversight.satisfaction import Result, whole
from app.domain.oversight.sponsor_deed import SponsorDeed
from app.domain.oversight.sponsor_page import verdict_of
from app.domain.oversight.verdict import Verdict
from app.domain.oversight.week import WeekFigures
from app.domain.oversight.window import Value
from app.domain.program.program import Program

SPAN = timedelta(weeks=12)
LATELY, MOST, LOOKED_THROUGH = 4, 3, 60
NOT_OLDER = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`told`: figures about people may be told; `weeks` are the last four that are over."""

    verdict: Verdict
    told: bool
    coverage: Value
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
    end = clock.local_day(now, zone) + clock.DAY
    found = figures_over(Period(end - FOUR_WEEKS, end), None, now, zone)
    improved = improvement.latest(program.id, (State.RUNNING, State.DONE), LOOKED_THROUGH)
    return Meeting(
        verdict=verdict_of(found),
        told=found.told,
        coverage=found.figures["coverage"].value,
        weeks=[week.done for week in found.weeks[-LATELY - 1 : -1]],
        answers=whole(Scope(now - SPAN, now)),
        goals=goal.open_of(program.id),
        running=[each for each in improved if each.ended_on is None][:MOST],
        done=[each for each in improved if each.ended_on is not None][:MOST],
        deeds=sponsor_deed.latest(program.id, MOST),
        compliments=_compliments(program, now),
    )


def _compliments(program: Program, now: datetime) -> list[Told]:
    """Only between people who show their own names to everybody, where the works council agrees to names."""
    if program.board_mode != appearance.NAMES:
        return []
    rows = kudos.latest_words(program.id, now - NOT_OLDER)
    names = names_for(program, None, {who for each in rows for who in (each.row.giver_id, each.row.receiver_id)})
    return [each for each in rows if names[each.row.giver_id] and names[each.row.receiver_id]][:MOST]
