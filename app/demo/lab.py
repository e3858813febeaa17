"""The demo agency tried other points and other rules of the score, and asked what its past proposes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from app import clock
from app.clock import Period
from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Role
from app.domain.lab import draft, points_draft, run, score_draft, work
from app.domain.lab.draft import POINTS, SCORE, Rules
from app.domain.lab.run import PROPOSAL, REPLAY
from app.domain.program import action_kind
from app.domain.program.preset import PROMISE_KEPT
from app.domain.scoring.rules import live

OTHER_POINTS = {"conversation": 40, "attempt": 5, PROMISE_KEPT: 60}
WEEKS = 12
MINUTE = timedelta(minutes=1)


class Trial(NamedTuple):
    """A draft and the days that it is tried on."""

    subject: str
    name: str
    rules: Rules
    dates: Period


def fill(people: Cast, setting: Setting) -> None:
    """Two drafts, each tried, and a proposal."""
    sponsor, today = people.part(Role.SPONSOR).id, clock.local_day(setting.now, setting.zone)
    begun, end = setting.now - timedelta(days=1), today + clock.DAY
    weeks = Period(clock.week_of(today).start - WEEKS * clock.WEEK, end)
    points = _points(setting.program_id)
    _try(Trial(POINTS, "Gesprekken 40", points, weeks), sponsor, begun, setting)
    year = Period(end - timedelta(days=365), end)
    shorter = score_draft.written(replace(live().ruleset, half_life_days=14.0, since=None, before=None))
    _try(Trial(SCORE, "Sneller afkoelen", shorter, year), sponsor, begun + 9 * MINUTE, setting)
    asked = begun + 15 * MINUTE
    _carry_out(run.ask(PROPOSAL, SCORE, {}, year, by_id=sponsor, now=asked), setting)


def _points(program_id: int) -> Rules:
    newest = action_kind.newest_rules(program_id)
    kinds = points_draft.kinds(program_id)
    return points_draft.written({kind.id: OTHER_POINTS.get(kind.code, newest[kind.id].points) for kind in kinds})


def _try(trial: Trial, by_id: int, at: datetime, setting: Setting) -> None:
    made = draft.make(trial.subject, trial.name, trial.rules, by_id, at)
    asked = run.ask(REPLAY, trial.subject, trial.rules, trial.dates, by_id=by_id, now=at + MINUTE, draft_id=made.id)
    _carry_out(asked, setting)


def _carry_out(row: run.LabRun, setting: Setting) -> None:
    """As the job does it, without its pauses."""
    begun = row.asked_at + MINUTE / 10
    run.take_up(row.id, begun)
    found = [step.result for step in work.steps(row, setting.now) if step.result is not None]
    run.finish(row, found[-1] if found else {}, begun + MINUTE / 5)
    db.session.flush()
