"""What concerns somebody themselves and is new: points adjusted, something that stood out, a surprise, other rules."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.adjustment import APPROVED, Adjustment
from app.domain.game.recognition.surprise import Surprise
from app.domain.oversight.anomaly import Anomaly
from app.domain.program import rulebook


class Concerns(NamedTuple):
    """Which of it there is; the rest is asked only then."""

    adjusted: bool
    unusual: bool
    surprised: bool
    rules: bool


def of(person: Person, program_id: int, since: datetime) -> Concerns:
    """In one statement, because pages that everybody opens ask for it."""
    mine = Adjustment.person_id == person.id, Adjustment.decision == APPROVED, Adjustment.decided_at > since
    unseen = Anomaly.person_id == person.id, Anomaly.shown_at.is_(None)
    given = Surprise.receiver_id == person.id, Surprise.given_at > since
    known = exists().where(*mine), exists().where(*unseen), exists().where(*given)
    row = db.session.execute(select(*known, rulebook.unread(person, program_id))).one()
    return Concerns(*row)
