"""A canary: somebody says no to everything, between planning and sending as well, and nothing reaches their address."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import alert_mail, alerting, daily_mail
from app.domain.agency.person import Person, Role
from app.domain.notices import catalogue, delivery_times, notice, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.catalogue import KINDS
from app.domain.notices.delivery_times import Times
from app.domain.notices.outbox import OutboxRow
from jobs import letters
from jobs.letters import WRITERS
from jobs.unsent import Skip
from tests import make
from tests.jobs.desk import FACTS, TUESDAY, Desk, make_desk, plan

NINE = datetime(2026, 3, 4, 8, 5, tzinfo=UTC)
OPTIONAL = [kind for kind in WRITERS if catalogue.told(kind).optional]


@pytest.fixture
def desk(session: None) -> Desk:
    return make_desk()


def says_no(person: Person) -> None:
    offered = [choice for role in Role for choice in catalogue.choices_of(role)]
    preference.choose_all(f"person:{person.id}", [*offered, preference.Choice("alert", preference.Way.MAIL)], (), NINE)


def row_of(kind: str, person: Person) -> OutboxRow:
    return OutboxRow(
        kind=kind,
        recipient=f"person:{person.id}",
        period="1",
        payload={},
        message_id=f"<{kind}>",
        due_at=TUESDAY,
        next_try_at=TUESDAY,
        not_after=TUESDAY + timedelta(days=3),
    )


@pytest.mark.parametrize("kind", OPTIONAL)
def test_a_no_after_planning_wins(desk: Desk, kind: str) -> None:
    says_no(desk.sanne)
    if kind == catalogue.DAILY:
        preference.unsubscribe(f"person:{desk.sanne.id}", kind, NINE)
    assert letters.compose(row_of(kind, desk.sanne), TUESDAY) == Skip("unsubscribed")


def test_nothing_is_planned_for_whoever_said_no_before(desk: Desk) -> None:
    says_no(desk.sanne)
    for kind in AlertKind:
        alerting.tell_owner(desk.aisha.id, kind, period="1", facts=FACTS[kind], now=TUESDAY)
    assert plan(TUESDAY) == []
    assert notice.unread(f"person:{desk.sanne.id}") == 0


def test_nor_with_one_mail_a_day(desk: Desk) -> None:
    says_no(desk.sanne)
    recipient = f"person:{desk.sanne.id}"
    delivery_times.choose(recipient, Times(once_a_day=True), TUESDAY - timedelta(hours=1))
    alerting.tell_owner(desk.aisha.id, AlertKind.REPLY, period="1", facts=FACTS[AlertKind.REPLY], now=TUESDAY)
    for kind in KINDS:
        notice.tell(kind, [recipient], period="1", facts={}, now=TUESDAY)
    assert (alert_mail.plan_due(NINE, "x"), daily_mail.plan_due(NINE, "x")) == (0, 1)
    row = db.session.scalars(select(OutboxRow)).one()
    assert letters.compose(row, NINE) == Skip("nothing happened")


def test_the_canary_can_sing(desk: Desk) -> None:
    bram = make.person("Bram Jansen")
    them = make.candidate("Bas Kok", owner=bram)
    alerting.tell_owner(them.id, AlertKind.REPLY, period="1", facts=FACTS[AlertKind.REPLY], now=TUESDAY)
    (row,) = plan(TUESDAY)
    letter = letters.compose(row, TUESDAY)
    assert isinstance(letter, tuple)
    assert letter[1].to == "bram@voorbeeld.nl"
