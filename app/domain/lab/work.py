"""What a run does: the one place that knows which past is replayed for which draft."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.lab import outcomes, points_draft, points_run, proposal, score_draft, score_pools, score_replay
from app.domain.lab.run import PROPOSAL, LabRun
from app.domain.program.program import the_program
from app.domain.scoring.rules import live

OUTCOMES = 0.5
"""Counting everybody under a draft is half of the work; the other half are the outcomes."""


class Step(NamedTuple):
    """How far a run is, from 0 to 1; the last one has what it found."""

    share: float
    result: dict[str, Any] | None = None


def steps(row: LabRun, now: datetime) -> Iterator[Step]:
    """The run from its beginning; between two steps it may be stopped, and nothing of history is written."""
    if row.kind == PROPOSAL:
        return _proposal(now)
    return _points(row, now) if row.subject == "points" else _score(row, now)


def _points(row: LabRun, now: datetime) -> Iterator[Step]:
    program = the_program()
    if program is None:
        return
    today = clock.local_day(now, the_zone())
    for step in points_run.run(program.id, points_draft.read(row.rules), row.dates, today):
        yield Step(step.share, step.result)


def _score(row: LabRun, now: datetime) -> Iterator[Step]:
    drafted, pools = score_draft.read(row.rules), None
    for pools in score_pools.compare(drafted, now):
        yield Step(OUTCOMES * pools.share)
    past = outcomes.past(now)
    yield Step((1 + OUTCOMES) / 2)
    rankers = {"present": live().ruleset, "draft": drafted}
    judged = score_replay.judge(past, rankers, the_zone())
    yield Step(1.0, {"pools": pools.result() if pools else {}, "outcomes": judged, "version": live().version})


def _proposal(now: datetime) -> Iterator[Step]:
    rules, past = live().ruleset, outcomes.past(now)
    yield Step(OUTCOMES)
    moments = proposal.moments_of(past.contacts, rules)
    yield Step((1 + OUTCOMES) / 2)
    found = proposal.propose(moments, rules)
    told = proposal.written(found, rules)
    if found.learned:
        told["outcomes"] = score_replay.judge(past, {"present": rules, "draft": found.learned.rules}, the_zone())
    yield Step(1.0, told | {"version": live().version})
