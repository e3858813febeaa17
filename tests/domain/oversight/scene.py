"""Twelve people, sixty candidates and three months of contacts drawn by a fixed seed, to recompute figures from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions import history
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect, Outcome, effect_of
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program import action_kind
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import Program
from tests import make

ZONE = ZoneInfo("Europe/Amsterdam")
SUNDAY = 6
NOW = datetime(2026, 10, 29, 13, 30, tzinfo=UTC)
DAYS = {Stage.ATTRACT: 7, Stage.ENGAGE: 14, Stage.NURTURE: 30, Stage.CONVERT: 42, Stage.REDEPLOY: 14}
Row = TypeVar("Row", Person, Candidate, EngagementAction, Touchpoint, ActionKind)
CONTACT = (Effect.ANSWERED, Effect.UNANSWERED, Effect.HEARD, Effect.TOLD)


@dataclass
class Scene:
    """Everything that is in the database, as plain lists."""

    program: Program
    people: list[Person]
    candidates: list[Candidate]
    actions: list[EngagementAction]
    touchpoints: list[Touchpoint]
    kinds: dict[int, ActionKind]

    def again(self) -> "Scene":
        """The same rows, as the session of another test reads them."""
        return Scene(
            db.session.get_one(Program, self.program.id),
            _again(self.people),
            _again(self.candidates),
            _again(self.actions),
            _again(self.touchpoints),
            {kind.id: kind for kind in _again([*self.kinds.values()])},
        )

    def effect(self, action: EngagementAction) -> Effect:
        kind = self.kinds[action.kind_id]
        return effect_of(Outcome(action.outcome), kind.code, kind.place_class, two_way=kind.two_way)

    def contacts(self, candidate: Candidate) -> Iterator[datetime]:
        """Every contact with a candidate that stands."""
        for action in self.actions:
            if action.candidate_id == candidate.id and not action.undone_at and self.effect(action) in CONTACT:
                yield action.occurred_at
        for touchpoint in self.touchpoints:
            if touchpoint.candidate_id == candidate.id and touchpoint.kind == "form" and touchpoint.verdict == "human":
                yield touchpoint.occurred_at

    def last_contact(self, candidate: Candidate, at: datetime) -> datetime | None:
        return max((moment for moment in self.contacts(candidate) if moment <= at), default=None)

    def standing(self, candidate: Candidate, at: datetime) -> str:
        """on_time, late or neither, step by step."""
        state = db.session.get(ContactState, candidate.id, populate_existing=True)
        assert state is not None
        refused = state.do_not_contact_at is not None and state.do_not_contact_at <= at
        paused = state.paused_until is not None and state.paused_until > at
        if candidate.owner_id is None or refused or paused:
            return "neither"
        limit = at - timedelta(days=DAYS[stage_at(candidate, at)])
        last = self.last_contact(candidate, at)
        if last is not None and last >= limit:
            return "on_time"
        return "late" if candidate.registered_at < limit else "neither"


def _again(rows: Sequence[Row]) -> list[Row]:
    table = type(rows[0])
    found = db.session.scalars(select(table).where(table.id.in_([row.id for row in rows])))
    known = {row.id: row for row in found}
    return [known[row.id] for row in rows]


def stage_at(candidate: Candidate, at: datetime) -> Stage:
    """In which stage they were, by what they left at their next move."""
    later = (move for move in make.moves_of(candidate.id) if move.moved_at > at)
    first = min(later, key=lambda move: (move.moved_at, move.id), default=None)
    return Stage(first.from_stage or first.to_stage if first else candidate.stage)


def last_seen(day: date) -> date:
    """On which day it was looked last how the pool stood, up to a day: today, or a Sunday."""
    while day != clock.local_day(NOW, ZONE) and day.weekday() != SUNDAY:
        day -= clock.DAY
    return day


def evening(days: Period) -> datetime:
    """When it was looked how the pool stood at the end of these days."""
    day = last_seen(days.end - clock.DAY)
    return min(NOW, clock.midnight(day + clock.DAY, ZONE) - datetime.resolution)


def scene(seed: int = 20, *, consent: bool = True) -> Scene:
    """The agency as it is on Thursday 29 October 2026, in the week after summer time ended."""
    dice = random.Random(seed)
    make.agency()
    program = make.program(consent=consent)
    action_kind.add_kind(program.id, label_nl="Koffie", label_en="Coffee", points=5, by_id=None, at=make.START)
    touchpoint_kind.install_preset()
    kinds = {kind.id: kind for kind in action_kind.kinds_of(program.id)}
    made = Scene(program, [_person(number) for number in range(12)], [], [], [], kinds)
    made.candidates = [_candidate(dice, made) for _ in range(60)]
    for number in range(500):
        _action(dice, made)
        _touchpoint(dice, made, number)
    db.session.flush()
    for candidate in made.candidates:
        history.rebuild(candidate.id)
    _refuse_and_pause(dice, made)
    return made


def _person(number: int) -> Person:
    role = {5: Role.LEAD, 9: Role.MEMBER}.get(number, Role.RECRUITER)
    person = make.person(f"Persoon{number} Jansen", role)
    if number == 1:
        person.joined_on = date(2026, 10, 27)
    if number in (2, 3):
        person.deactivated_at = NOW - timedelta(days=4 + number)
    return person


def _candidate(dice: random.Random, made: Scene) -> Candidate:
    owner = dice.choice([*made.people[4:], None])
    at = NOW - timedelta(hours=dice.randrange(1, 24 * 120))
    return make.candidate(owner=owner, stage=dice.choice(list(Stage)), at=at)


def _action(dice: random.Random, made: Scene) -> None:
    at = NOW - timedelta(minutes=dice.randrange(-60, 60 * 24 * 95))
    row = EngagementAction(
        person_id=dice.choice([*[person.id for person in made.people[:9]], None]),
        candidate_id=dice.choice(made.candidates[:45]).id,
        kind_id=dice.choice(list(made.kinds)),
        outcome=dice.choice(list(Outcome)),
        occurred_at=at,
        local_date=clock.local_day(at, ZONE),
        recorded_at=at,
        undone_at=at if dice.random() < 0.2 else None,
    )
    db.session.add(row)
    made.actions.append(row)


def _touchpoint(dice: random.Random, made: Scene, number: int) -> None:
    at = NOW - timedelta(minutes=dice.randrange(0, 60 * 24 * 400))
    row = Touchpoint(
        candidate_id=dice.choice(made.candidates[:50]).id,
        kind=dice.choice(["form", "site_visit"]),
        occurred_at=at,
        received_at=at,
        local_date=clock.local_day(at, ZONE),
        source="test",
        external_id=str(number),
        verdict=dice.choice(["human", "human", "machine"]),
    )
    db.session.add(row)
    made.touchpoints.append(row)


def _refuse_and_pause(dice: random.Random, made: Scene) -> None:
    for candidate in dice.sample(made.candidates, 9):
        state = db.session.get(ContactState, candidate.id, populate_existing=True)
        assert state is not None
        state.do_not_contact_at = dice.choice([None, NOW - timedelta(days=3), NOW - timedelta(days=30)])
        state.paused_until = dice.choice([None, NOW + timedelta(days=9), NOW - timedelta(days=9)])
    db.session.flush()
