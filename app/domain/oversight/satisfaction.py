"""What candidates thought of us, by stage and by team; figures about fewer than five answers are told to nobody."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.team import team_names
from app.domain.candidates.candidate import Stage
from app.domain.journey.feedback import FACES, QUESTIONS, Feedback
from app.domain.oversight import staff_shares
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.window import FEWEST
from app.domain.program.program import may_name, the_program

PROMOTERS, DETRACTORS = range(9, 11), range(7)


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered of what was asked; `counts` by face, or by figure. `hidden`: too few to be told."""

    name: str
    asked: int = 0
    counts: Counter[int] = field(default_factory=Counter)
    hidden: bool = False

    @property
    def answered(self) -> int:
        return self.counts.total()

    @property
    def average(self) -> float | None:
        if self.hidden or not self.answered:
            return None
        return sum(face * times for face, times in self.counts.items()) / self.answered

    @property
    def rate(self) -> int | None:
        """How many of a hundred who were asked answered, rounded down."""
        return None if self.hidden or not self.asked else self.answered * 100 // self.asked

    @property
    def spread(self) -> list[int]:
        """How many of a hundred chose each face, worst first; nothing where too few answered."""
        if self.average is None:
            return []
        return [round(self.counts[face] * 100 / self.answered) for face in FACES]

    @property
    def promoters(self) -> int | None:
        """The net promoter score: how many more of a hundred would recommend us than would not."""
        if self.average is None:
            return None
        would, would_not = (sum(self.counts[figure] for figure in part) for part in (PROMOTERS, DETRACTORS))
        return round((would - would_not) * 100 / self.answered)


class Satisfaction(NamedTuple):
    """All together, by stage, by team, by the question in turn, and whether they recommend us."""

    whole: Result
    stages: list[Result]
    teams: list[Result]
    questions: list[Result]
    recommends: Result


def satisfaction(scope: Scope) -> Satisfaction:
    """Of everybody who was asked in a period."""
    rows = _rows(scope)
    teams = team_names()
    whole, recommends = _result("", rows), _figures("", scope, Feedback.recommends, Feedback.recommends.is_not(None))
    by_stage = [_result(stage, [row for row in rows if row.stage == stage]) for stage in Stage]
    small = _small(scope.until)
    by_team = [
        replace(_result(teams[each], [row for row in rows if row.team_id == each]), hidden=each in small)
        for each in _known(rows, teams)
    ]
    asked = [_figures(each, scope, Feedback.answer, Feedback.question == each) for each in QUESTIONS]
    return Satisfaction(
        whole=hide([whole])[0],
        stages=hide([each for each in by_stage if each.asked]),
        teams=hide(by_team),
        questions=[hide([each])[0] for each in asked],
        recommends=hide([recommends])[0],
    )


def whole(scope: Scope) -> Result:
    """Of everybody who was asked in a period, all together."""
    return hide([_result("", _rows(scope))])[0]


def _small(now: datetime) -> set[int]:
    """The teams whose answers would tell of the work of a few people."""
    if may_name(the_program()):
        return set()
    return staff_shares.staff().small(clock.local_day(now, the_zone()), now)


class _Row(NamedTuple):
    stage: str
    team_id: int | None
    score: int | None
    times: int


def _rows(scope: Scope) -> list[_Row]:
    row = Feedback
    query = (
        select(row.stage, row.team_id, row.score, func.count())
        .where(*scope.holds(row.asked_at, row.candidate_id))
        .group_by(row.stage, row.team_id, row.score)
    )
    return [_Row(*found) for found in db.session.execute(query)]


def _known(rows: Iterable[_Row], teams: Collection[int]) -> list[int]:
    """The teams that were asked about; who looked after nobody's candidate has none."""
    return sorted({row.team_id for row in rows if row.team_id in teams and row.team_id is not None})


def _result(name: str, rows: Collection[_Row]) -> Result:
    counts = Counter[int]()
    for row in rows:
        if row.score is not None:
            counts[row.score] += row.times
    return Result(name, sum(row.times for row in rows), counts)


def _figures(name: str, scope: Scope, column: InstrumentedAttribute[int | None], which: ColumnElement[bool]) -> Result:
    query = (
        select(column, func.count())
        .where(which, *scope.holds(Feedback.asked_at, Feedback.candidate_id))
        .group_by(column)
    )
    found = dict(db.session.execute(query).all())
    return Result(name, sum(found.values()), Counter({each: n for each, n in found.items() if each is not None}))


def hide(results: list[Result]) -> list[Result]:
    """Hide what fewer than five answered; and where the sum would tell it after all, the smallest of the others."""
    shown = [each for each in results if each.answered >= FEWEST and not each.hidden]
    few = [each for each in results if 0 < each.answered < FEWEST]
    if shown and 0 < sum(each.answered for each in few) < FEWEST:
        few.append(min(shown, key=lambda each: each.answered))
    names = {each.name for each in few}
    return [replace(each, hidden=each.hidden or each.name in names) for each in results]
