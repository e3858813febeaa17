"""Every figure of the sponsor's page against a slow, obvious count, as days are kept and as they are counted live."""

import statistics
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight import sponsor_page, staff_shares
from app.domain.oversight.scope import Question, Span
from app.domain.oversight.sponsor_page import Asked
from tests import make
from tests.domain.oversight.journeys import settle, team_of
from tests.domain.oversight.scene import NOW, ZONE, Scene, evening, stage_at

WEEK = timedelta(days=7)
EARLY = [Stage.ATTRACT, Stage.ENGAGE, Stage.NURTURE]
STAGES = list(Stage)
QUESTIONS = [Question(), Question(Span.QUARTER), Question(Span.MONTH, team_id=1), Question(Span.QUARTER, branch_id=1)]


@pytest.fixture
def made(session: None, journeys: Scene) -> Scene:
    return journeys.again()


def asked(question: Question = QUESTIONS[0]) -> Asked:
    """The same question with the numbers that this database gave."""
    teams = sorted({person.team_id for person in db.session.scalars(select(Person)) if person.team_id})
    team = teams[0] if question.team_id else None
    branch = staff_shares.staff().branches[teams[0]] if question.branch_id else None
    viewer = db.session.scalars(select(Person)).first()
    assert viewer
    return sponsor_page.ask(viewer, Question(question.span, team, branch), NOW, ZONE)


def values(which: Asked) -> dict[str, tuple[float | None, float | None]]:
    found = sponsor_page.figures_of(which, sponsor_page.waiting(which)).figures
    return {code: (one.value, one.before) for code, one in found.items()}


class ByHand:
    """Each figure of one period, from the plain lists of the scene."""

    def __init__(self, made: Scene, which: Asked, days: Period) -> None:
        self.made, self.days, self.which = made, days, which
        self.teams = which.scope.teams
        self.people = {person.id: person for person in made.people}
        self.moved = {each.id: make.moves_of(each.id) for each in made.candidates}

    def mine(self, team_id: int | None) -> bool:
        return self.teams is None or (team_id or 0) in self.teams

    def owned(self, candidate: Candidate) -> bool:
        return self.mine(team_of(candidate))

    def actions(self) -> Iterator[EngagementAction]:
        for action in self.made.actions:
            who = self.people.get(action.person_id or 0)
            if who and action.undone_at is None and action.local_date in self.days and self.mine(who.team_id):
                yield action

    def adoption(self) -> float | None:
        active = expected = 0
        end = self.days.end
        while end > self.days.start:
            until = min(NOW, clock.midnight(end, ZONE))
            here = {
                person.id
                for person in self.made.people
                if person.role == Role.RECRUITER
                and self.mine(person.team_id)
                and person.joined_on < end
                and (person.deactivated_at is None or person.deactivated_at > until)
            }
            active += len({each.person_id for each in self.actions() if end - WEEK <= each.local_date < end} & here)
            expected += len(here)
            end -= WEEK
        return active * 100 // expected if expected else None

    def attendance(self) -> float | None:
        rows = [row for row in db.session.scalars(select(BlockWeek)) if row.week in self.days]
        rows = [row for row in rows if self.mine(self.people[row.person_id].team_id) and row.state != "excused"]
        return sum(row.state == "kept" for row in rows) * 100 // len(rows) if rows else None

    def two_way(self) -> float | None:
        effects = [self.made.effect(action) for action in self.actions()]
        taken = sum(effect in (Effect.ANSWERED, Effect.HEARD) for effect in effects)
        whole = taken + sum(effect is Effect.UNANSWERED for effect in effects)
        return taken * 100 // whole if whole else None

    def standings(self) -> list[str]:
        at = evening(self.days)
        mine = [each for each in self.made.candidates if self.owned(each) and each.registered_at <= at]
        return [self.made.standing(each, at) for each in mine]

    def late(self) -> float:
        return self.standings().count("late")

    def coverage(self) -> float | None:
        found = self.standings()
        whole = found.count("late") + found.count("on_time")
        return found.count("on_time") * 100 // whole if whole else None

    def moves(self) -> Iterator[tuple[Candidate, StageMove]]:
        for candidate in self.made.candidates:
            for move in self.moved[candidate.id]:
                if self.owned(candidate) and clock.local_day(move.moved_at, ZONE) in self.days:
                    yield candidate, move

    def conversion(self) -> float | None:
        at = evening(self.days)
        mine = [each for each in self.made.candidates if self.owned(each) and each.registered_at <= at]
        left = [move for _, move in self.moves() if move.from_stage in EARLY]
        on = sum(STAGES.index(Stage(move.to_stage)) > STAGES.index(Stage(move.from_stage or "")) for move in left)
        whole = len(left) + sum(stage_at(each, at) in EARLY for each in mine)
        return on * 100 // whole if whole else None

    def placed(self) -> list[int]:
        return [
            max((move.moved_at - candidate.registered_at).days, 0)
            for candidate, move in self.moves()
            if move.to_stage == "convert" and move.from_stage not in (None, "redeploy")
        ]

    def placements(self) -> float:
        return len(self.placed())

    def time_to_placement(self) -> float | None:
        return statistics.median(self.placed()) if self.placed() else None

    def redeployments(self) -> float:
        return sum((move.from_stage, move.to_stage) == ("redeploy", "convert") for _, move in self.moves())

    def referrals(self) -> float:
        return sum(
            clock.local_day(each.registered_at, ZONE) in self.days
            for each in self.made.candidates
            if each.referred_by_id and self.owned(each)
        )

    def satisfaction(self) -> float | None:
        rows = db.session.scalars(select(Feedback).where(Feedback.answered_at.is_not(None)))
        mine = [row for row in rows if self.mine(row.team_id)]
        faces = [row.score or 0 for row in mine if clock.local_day(row.answered_at or NOW, ZONE) in self.days]
        return sum(faces) / len(faces) if len(faces) >= 5 else None

    def first_response(self) -> float | None:
        whose = {each.id: each for each in self.made.candidates}
        turns = [each for each in self.made.touchpoints if each.kind == "form" and each.verdict == "human"]
        turns = [each for each in turns if each.local_date in self.days and self.owned(whose[each.candidate_id])]
        hours = [found for each in turns if (found := self.waited(each)) is not None]
        return statistics.median(hours) if hours else None

    def waited(self, turn: Touchpoint) -> int | None:
        words = [
            action.occurred_at
            for action in self.made.actions
            if action.candidate_id == turn.candidate_id
            and action.person_id
            and action.undone_at is None
            and action.occurred_at >= turn.occurred_at
            and self.made.effect(action) in (Effect.ANSWERED, Effect.UNANSWERED, Effect.HEARD, Effect.TOLD)
        ]
        if not words:
            return 168 if NOW - turn.occurred_at >= WEEK else None
        hours = (min(words) - turn.occurred_at) // timedelta(hours=1)
        return min(168, hours if hours < 24 else hours - hours % 24)


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("question", QUESTIONS, ids=["month", "quarter", "team", "branch"])
def test_against_counting_by_hand(made: Scene, question: Question, *, is_kept: bool) -> None:
    made.candidates[3].referred_by_id = made.candidates[2].id
    if is_kept:
        settle()
    which = asked(question)
    assert which.known.holds(date(2026, 1, 1)) == is_kept
    found, before = values(which), which.scope.before
    assert before
    now, then = ByHand(made, which, which.scope.days), ByHand(made, which, before)
    for code in sorted(found.keys() - {"waiting", "rescued"}):
        by_hand = (getattr(now, code)(), getattr(then, code)())
        if code == "satisfaction" and question.team_id:
            continue
        assert found[code][0] == pytest.approx(by_hand[0]), code
        assert found[code][1] == pytest.approx(by_hand[1]), code
