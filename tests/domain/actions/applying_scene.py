"""A candidate of sanne's who applies for a vacancy, on a Monday morning and after."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.actions import action, applying
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import application, touchpoint
from app.domain.journey.application import Application
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.domain.scoring.scene import MARCH
from tests.people import People, make_people

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JOB = "V-12"
BEGUN, DONE, LOOKED = "application_started", "application_completed", "job_view"


class Applying:
    """Monday 2 March is `MARCH`, 10:00 in Amsterdam; hours count from there."""

    def __init__(self) -> None:
        self.people: People = make_people()
        self.pieter = make.candidate("Pieter Post", owner=self.people.sanne)

    def hit(self, kind: str, hours: float, vacancy: str | None = JOB, verdict: str = "human", **payload: str) -> Hit:
        at = MARCH + hours * HOUR
        name = f"{self.pieter.id}-{kind}-{hours}-{vacancy}"
        return Hit(self.pieter.id, kind, at, "test", name, verdict, payload or None, vacancy=vacancy)

    def take(self, *hits: Hit, silent: bool = False) -> None:
        agency = the_agency()
        assert agency is not None
        now = max(hit.occurred_at for hit in hits)
        applying.follow(touchpoint.record_many(hits, now, agency.zone), now, silent=silent)

    def applied(self, hours: float = 0, vacancy: str | None = JOB) -> Application:
        self.take(self.hit(DONE, hours, vacancy))
        return self.row()

    def row(self) -> Application:
        db.session.expire_all()
        return db.session.scalars(select(Application).where(Application.candidate_id == self.pieter.id)).one()

    def state(self) -> ContactState:
        db.session.expire_all()
        return db.session.get_one(ContactState, self.pieter.id)

    def moves(self) -> list[tuple[str | None, str, datetime]]:
        return [(move.from_state, move.to_state, move.moved_at) for move in application.moves_of(self.row().id)][::-1]

    def log(self, outcome: Outcome, hours: float) -> int:
        at = MARCH + hours * HOUR
        return action.log(self.people.sanne, self.pieter, outcome, at=at, now=at).action_id
