"""A no that comes between planning and sending wins: for every kind of mail to which somebody may say no."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags
from app.domain.notices import catalogue, outbox, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.catalogue import KINDS
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.mail import Mail
from jobs.letters import WRITERS, compose
from jobs.unsent import Skip
from tests.jobs import desk
from tests.jobs.desk import TUESDAY, Desk

MAIL = Mail("Onderwerp", "tekst", "<p>tekst</p>")
OPTIONAL = sorted(
    kind for kind, told in KINDS.items() if told.optional and Way.MAIL in told.ways and not kind.startswith("alert:")
)


@pytest.fixture
def made(session: None) -> Desk:
    return desk.make_desk()


def planned(kind: str, person: Person) -> OutboxRow:
    when = {"due_at": TUESDAY, "not_after": TUESDAY + timedelta(days=1), "now": TUESDAY}
    outbox.plan(kind=kind, recipient=f"person:{person.id}", period="x", payload={}, host="x.nl", **when)
    return db.session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)).one()


def refuse(row: OutboxRow, kind: str) -> None:
    preference.unsubscribe(row.recipient, kind, TUESDAY)
    db.session.flush()


@pytest.mark.parametrize("kind", OPTIONAL)
def test_a_no_after_planning_wins(made: Desk, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    assert kind in WRITERS
    monkeypatch.setitem(WRITERS, kind, lambda *_: MAIL)
    row = planned(kind, made.sanne)
    assert not isinstance(compose(row, TUESDAY), Skip)
    refuse(row, kind)
    assert compose(row, TUESDAY) == Skip("unsubscribed")


@pytest.mark.parametrize("kind", list(AlertKind))
def test_a_no_to_one_kind_of_alert_wins(made: Desk, kind: AlertKind) -> None:
    contact_flags.fan(made.aisha.id, TUESDAY)
    contact_flags.recovering(made.aisha.id, TUESDAY)
    desk.tell(made.aisha, kind)
    (row,) = desk.plan(TUESDAY)
    refuse(row, catalogue.alert(kind))
    assert isinstance(compose(row, TUESDAY), Skip)
