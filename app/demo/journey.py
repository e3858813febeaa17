"""What candidates of the demo agency thought of it, and what had to be put right."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app.db import db
from app.demo.pool import Somebody
from app.domain.actions import recovering
from app.domain.actions.recovery import Cause, Recovery
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.link import LIVES, LinkPurpose
from app.domain.journey.feedback import LOW, QUESTIONS, Feedback
from app.domain.scoring.agency_calendar import calendar_at

DAY = timedelta(days=1)
ASKED = 260
ANSWERED, AT_THE_END = 0.6, 0.3
FACES, SHARES = (1, 2, 3, 4, 5), (3, 5, 14, 43, 35)
SAID = (
    "Ik werd snel teruggebeld, dat was fijn.",
    "Goede uitleg over het contract.",
    "Ik wist soms niet wie ik moest bellen.",
    "",
    "",
)


def play(pool: Sequence[Somebody], recruiters: Iterable[Person], rng: random.Random, now: datetime) -> None:
    """Some of them were asked how it was, and most of those answered."""
    teams = {person.id: person.team_id for person in recruiters}
    asked = [_asked(them, teams[them.owner_id], rng, now) for them in rng.sample(list(pool), ASKED)]
    db.session.add_all(asked)
    db.session.flush()
    db.session.add_all(_put_right(row, rng) for row in asked if row.score and row.score <= LOW)


def go_wrong(them: Candidate, now: datetime) -> None:
    """Somebody has a complaint that is still to be put right."""
    recovering.begin(them.id, Cause.COMPLAINT, "demo", now - timedelta(hours=3))


def _asked(them: Somebody, team_id: int | None, rng: random.Random, now: datetime) -> Feedback:
    at = now - DAY * rng.uniform(9, 80)
    row = Feedback(
        candidate_id=them.id,
        stage=str(them.stage),
        at_the_end=rng.random() < AT_THE_END,
        question=rng.choice(QUESTIONS),
        team_id=team_id,
        person_id=them.owner_id,
        asked_at=at,
        lapses_at=at + LIVES[LinkPurpose.FEEDBACK],
    )
    if rng.random() < ANSWERED:
        row.answered_at = at + DAY * rng.uniform(0.1, 5)
        row.score, row.answer = rng.choices(FACES, SHARES)[0], rng.choices(FACES, SHARES)[0]
        row.recommends = min(10, 2 * row.score + rng.choice((-1, 0, 0, 1))) if row.at_the_end else None
        row.said = rng.choice(SAID)
    return row


def _put_right(row: Feedback, rng: random.Random) -> Recovery:
    """Somebody rang, mostly within the working day."""
    at = row.answered_at or row.asked_at
    return Recovery(
        candidate_id=row.candidate_id,
        cause=Cause.LOW_SCORE,
        about=f"feedback:{row.id}",
        person_id=row.person_id,
        opened_at=at,
        due_at=recovering.working_day_after(at, calendar_at(at)),
        closed_at=at + timedelta(hours=rng.uniform(1, 40)),
    )
