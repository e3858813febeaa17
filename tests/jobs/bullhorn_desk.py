"""A desk and the Bullhorn beside it: Sanne looks after Aisha, whom Bullhorn knows by a number."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.bullhorn import account
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.game.ledger import LedgerEntry
from app.domain.journey.application import Application, ApplicationState
from jobs import bullhorn
from tests.fakes.bullhorn import USER, Bullhorn, serving, settings
from tests.jobs.desk import TUESDAY, Desk, make_desk

PERSON, NOTE = 501, 9001


def make_known_desk(now: datetime = TUESDAY, origin: str = "") -> Desk:
    """Inside an application context."""
    made = make_desk()
    crm_id.give(made.aisha.id, Crm.BULLHORN, str(PERSON), origin=origin, now=now)
    return made


@pytest.fixture(name="desk")
def known_desk() -> Desk:
    """Where nobody listens; `desk` is the same beside a Bullhorn."""
    return make_known_desk()


@pytest.fixture
def there(app: Flask) -> Iterator[Bullhorn]:
    """A Bullhorn that is listened to from now on."""
    before = app.config["SETTINGS"]
    with serving() as found, time_machine.travel(TUESDAY, tick=False):
        app.config["SETTINGS"] = before.model_copy(update=settings(found.base))
        yield found
    app.config["SETTINGS"] = before


@pytest.fixture
def desk(there: Bullhorn) -> Desk:
    """It knows Aisha by her number, and we listen."""
    made = make_known_desk()
    there.entities["Candidate", PERSON] = {"id": PERSON, "name": "Aisha El Amrani", "email": "aisha@voorbeeld.nl"}
    assert poll() == 0
    return made


def poll() -> int:
    db.session.commit()
    return bullhorn.poll("me", TUESDAY)


def note(there: Bullhorn, number: int = NOTE, *, by: str, said: str = "Outbound Call", **more: object) -> None:
    facts = {"action": said, "dateAdded": millis(TUESDAY), "isDeleted": False, "comments": "not to be kept"}
    person = {"commentingPerson": {"id": 7, "email": by}, "personReference": {"id": PERSON, "_subtype": "Candidate"}}
    there.put("Note", number, **facts | person | more)


def millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def logged() -> list[tuple[str, str | None, bool]]:
    rows = db.session.scalars(select(EngagementAction).order_by(EngagementAction.id))
    return [(row.outcome, row.external_id, row.undone_at is not None) for row in rows]


def points() -> int:
    return db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))) or 0


def reason(entity: Entity = Entity.NOTE, number: int = NOTE) -> str:
    return db.session.scalars(
        select(BullhornRecord.reason).where(BullhornRecord.entity == entity, BullhornRecord.number == number)
    ).one()


def mail_of(desk: Desk) -> str:
    return desk.sanne.email or ""


def apply(there: Bullhorn, status: str, **more: object) -> None:
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": status}
    there.put("JobSubmission", 61, **job | {"sendingUser": {"id": 7, "email": "nobody@elders.nl"}} | more)


def state() -> ApplicationState:
    return ApplicationState(db.session.scalars(select(Application.state)).one())


def fault() -> str:
    return account.of(USER).fault
