"""The scene with two teams, moves through the stages, answers of candidates and blocks, and its days counted."""

import random
from datetime import datetime, timedelta

from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.feedback import Feedback
from app.domain.oversight import day_keeping
from tests import make
from tests.domain.oversight.scene import NOW, ZONE, Scene, scene

STAGES = list(Stage)


def with_journeys(*, consent: bool = True) -> Scene:
    dice, found = random.Random(7), scene(consent=consent)
    teams = [make.team(name, make.branch(name)) for name in ("Noord", "Zuid")]
    for number, person in enumerate(found.people):
        person.team_id = teams[number % 2].id if number % 3 else None
        _blocks(dice, person)
    for candidate in found.candidates:
        _journey(dice, candidate, dice.choice(teams).id)
    db.session.flush()
    return found


def _blocks(dice: random.Random, person: Person) -> None:
    monday = NOW.date() - timedelta(days=NOW.weekday())
    for back in range(1, 20):
        state = dice.choice(list(WeekState))
        db.session.add(BlockWeek(person_id=person.id, week=monday - back * timedelta(7), state=state, settled_at=NOW))


def _journey(dice: random.Random, candidate: Candidate, team_id: int) -> None:
    """Some moves and an answer of one candidate."""
    came: Stage | None = None
    for hours in sorted(dice.sample(range(1, 24 * 90), 3)):
        to = dice.choice([stage for stage in STAGES if stage != came])
        at = NOW - timedelta(hours=24 * 91 - hours)
        db.session.add(StageMove(candidate_id=candidate.id, from_stage=came, to_stage=to, moved_at=at))
        came = to
    at = NOW - timedelta(hours=dice.randrange(24 * 60))
    said = Feedback(candidate_id=candidate.id, stage="engage", question="clear", asked_at=at, lapses_at=at)
    said.answered_at, said.score, said.team_id = at, dice.randrange(1, 6), team_id
    db.session.add(said)


def settle(now: datetime = NOW) -> None:
    """Everything that the job does, until there is nothing left to do."""
    day_keeping.keep(day_keeping.look_at_new(now, ZONE))
    while (back := day_keeping.look_back(now, ZONE)) is not None:
        day_keeping.keep(back)
    while day_keeping.is_in_a_hurry():
        day_keeping.keep(day_keeping.look_again(now, ZONE))


def team_of(candidate: Candidate) -> int:
    owner = db.session.get(Person, candidate.owner_id) if candidate.owner_id else None
    return (owner.team_id if owner else None) or 0
