"""The sponsor's page: the verdict, every figure, and what is to be done about it, for one scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Date, Select, and_, bindparam, or_, true

from app import clock
from app.db import Together
from app.domain.agency.person import Person
from app.domain.candidates import wanted
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.narrowing import narrowed
from app.domain.candidates.segment import BUILT_IN, Segment
from app.domain.game.rewarding.budget import Budget
from app.domain.oversight import anomaly, day_mark, day_pool, quiet, staff_shares
from app.domain.oversight.attention import Attention, attention
from app.domain.oversight.best_team import TeamShare, best_team
from app.domain.oversight.day_figures import FigureMark
from app.domain.oversight.goal import IS_OPEN, Goal
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.scope import Question, Scope, scope_of
from app.domain.oversight.sponsor_figures import SponsorFigures, figures
from app.domain.oversight.staff_shares import Staff, Tells
from app.domain.oversight.team_blocks import Kept
from app.domain.oversight.verdict import Figures, Verdict, judge
from app.domain.oversight.waiting_for_word import Waiting, waiting_for_word
from app.domain.program.program import may_name, the_program

MINE = or_(Segment.person_id == bindparam("me"), Segment.shared)
TODAY: BindParameter[date] = bindparam("today", type_=Date())
PAYS = and_(Budget.program_id == bindparam("program"), Budget.first <= TODAY, Budget.last >= TODAY)
AIMS = and_(Goal.program_id == bindparam("program"), IS_OPEN)
TOGETHER = Together((FigureMark, true()), (Segment, MINE), (Budget, PAYS), (Goal, AIMS))
"""How far the days are counted, which segments one may choose, the budget that pays today, and what is aimed at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope with what is needed to read its figures, and what its filters offer.

    `viewer` None: a mail or the command line asks, for which there are no segments and nothing to look at.
    """

    viewer: Person | None
    scope: Scope
    staff: Staff
    known: day_mark.Known
    segments: Sequence[Segment]
    budget: Budget | None
    goals: Sequence[Goal]
    named: bool

    @property
    def closed(self) -> bool:
        """Whether nothing is told of the teams that it is of, because it would tell of the work of a few people."""
        return Tells(scope=self.scope, staff=self.staff, named=self.named).closed


@dataclass(frozen=True, slots=True)
class SponsorPage:
    """`unusual`: how much that stood out may be looked at. `praised`: the team that kept its blocks best."""

    asked: Asked
    figures: SponsorFigures
    verdict: Verdict
    quiet: Sequence[Quiet]
    waiting: Sequence[Waiting]
    attention: Attention | None
    unusual: int
    praised: TeamShare | None


def ask(viewer: Person | None, question: Question, now: datetime, zone: ZoneInfo) -> Asked:
    """Everything but the figures, in three questions."""
    program = the_program()
    me, program_id = viewer.id if viewer else 0, program.id if program else 0
    given = {"me": me, "program": program_id, "today": clock.local_day(now, zone)}
    marks, segments, budgets, goals = TOGETHER.of(given)
    everybody, named = staff_shares.staff(), may_name(program)
    segments = [row for row in segments if named or not wanted.read(row.query).of_owners]
    whose = _whose(viewer, question.segment, segments, now, zone) if viewer else None
    return Asked(
        viewer=viewer,
        scope=scope_of(question, program, everybody.branches, now=now, zone=zone, whose=whose),
        staff=everybody,
        known=day_mark.known_by({mark.name: mark for mark in marks}, now),
        segments=sorted(segments, key=lambda row: (row.name.casefold(), row.id)),
        budget=next(iter(budgets), None),
        goals=sorted(goals, key=lambda row: (row.due_on, row.id)),
        named=named,
    )


def whole(now: datetime, zone: ZoneInfo) -> Asked:
    """Of everybody over four weeks, as the page opens; for a mail."""
    return ask(None, Question(), now, zone)


def draw(asked: Asked) -> SponsorPage:
    """Everything that the page says."""
    waits = waiting(asked)
    found = figures_of(asked, waits)
    return SponsorPage(
        asked=asked,
        figures=found,
        verdict=verdict_of(found),
        quiet=gone_quiet(asked),
        waiting=waits,
        attention=attention(found.now),
        unusual=len(anomaly.ready(asked.viewer, asked.scope.now)) if asked.viewer else 0,
        praised=praised(found),
    )


def figures_of(asked: Asked, waits: Sequence[Waiting]) -> SponsorFigures:
    """The figures alone, when it is known who waits for our word."""
    pool = day_pool.waiting_of(each.team_id for each in waits)
    return figures(asked.scope, asked.staff, asked.known, pool, named=asked.named)


def waiting(asked: Asked) -> list[Waiting]:
    """Who of the scope waits for our word, longest first."""
    scope = asked.scope
    everybody = waiting_for_word(scope.now, named=asked.named, whose=scope.whose)
    return [each for each in everybody if scope.holds(each.team_id)]


def gone_quiet(asked: Asked, most: int = quiet.TOP) -> list[Quiet]:
    """Who of the scope waits too long for us, longest first."""
    scope = asked.scope
    return quiet.gone_quiet(scope.now, most, named=asked.named, owners=_owners(asked), whose=scope.whose)


def praised(found: SponsorFigures) -> TeamShare | None:
    """The team of the scope that kept its blocks best in the period; of fewer than five people nothing is told."""
    names, days = dict(found.staff.teams), found.scope.days
    held: dict[int, list[Kept]] = defaultdict(list)
    few = set[int]().union(*(found.untold(week) for week in {week for _, week in found.attended if week in days}))
    for (team_id, week), kept in found.attended.items():
        if week in days and team_id in names and team_id not in few and found.scope.holds(team_id):
            held[team_id].append(kept)
    return best_team([_together(names[team], each) for team, each in held.items()], named=True)


def _together(team: str, weeks: Sequence[Kept]) -> TeamShare:
    return TeamShare(team, sum(each.kept for each in weeks), sum(each.blocks for each in weeks))


def _owners(asked: Asked) -> list[int] | None:
    """Who works in the teams of the scope, or did until they left."""
    if asked.scope.teams is None:
        return None
    return [each.person_id for each in asked.staff.workers if asked.scope.holds(each.team_id)]


def _whose(person: Person, name: str, segments: Sequence[Segment], now: datetime, zone: ZoneInfo) -> Select[int] | None:
    """The candidates of a segment; one that is not there, not theirs, or of somebody's own, asks nothing."""
    own = {str(row.id): row.query for row in segments}
    query = BUILT_IN.get(name) or own.get(name)
    if not query:
        return None
    which = wanted.read(query, quiet.as_of(now, zone))
    return narrowed(person, which).with_only_columns(Candidate.id).order_by(None)


def verdict_of(found: SponsorFigures) -> Verdict:
    """What these figures say in a sentence."""
    candidates = found.standing("candidates")
    return judge(
        Figures(
            active=found.this_week.active,
            expected=found.this_week.expected,
            active_last_week=found.last_week.active,
            expected_last_week=found.last_week.expected,
            actions=sum(week.done.actions for week in found.weeks),
            weekday=found.scope.today.weekday(),
            candidates=candidates,
            owned=candidates - found.standing("unowned"),
            late=found.standing("late"),
            told=found.told,
        )
    )
