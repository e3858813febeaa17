"""Mails about rewards: to who runs them while one waits, to who asked when it was decided, each once."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Role
from app.domain.game.rewarding import deciding, reward_mail
from app.domain.notices.outbox import OutboxRow
from tests.domain.game.rewarding.shop import Shop, open_shop

WAITS, DECIDED = reward_mail.WAITS, reward_mail.DECIDED


@pytest.fixture
def shop(session: None) -> Shop:
    found = open_shop()
    found.earn(500)
    return found


def planned(shop: Shop) -> list[tuple[str, str]]:
    """What is new, by kind and recipient."""
    before = db.session.scalar(select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1)) or 0
    reward_mail.plan_due(shop.now, "test")
    rows = select(OutboxRow.kind, OutboxRow.recipient).where(OutboxRow.id > before).order_by(OutboxRow.id)
    return [(row.kind, row.recipient) for row in db.session.execute(rows)]


def test_the_sponsor_hears_that_one_waits_and_whoever_asked_what_became_of_it(shop: Shop) -> None:
    assert planned(shop) == []
    row, ines = shop.ask(shop.offer()), shop.people.ines
    assert planned(shop) == [(WAITS, f"person:{ines.id}")]
    assert planned(shop) == []
    assert deciding.approve(row, by=ines, now=shop.now)
    assert planned(shop) == [(DECIDED, f"person:{shop.people.sanne.id}")]
    assert deciding.cancel(row, by=shop.people.sanne, now=shop.now)
    assert planned(shop) == [], "what they took back themselves they know"


def test_what_needs_nobodys_approval_waits_to_be_handed_over(shop: Shop) -> None:
    shop.ask(shop.offer(approval=False))
    assert {kind for kind, _ in planned(shop)} == {WAITS, DECIDED}


def test_however_many_steps_there_were_each_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reward_mail, "AT_ONCE", 1)
    shop.ask(shop.offer())
    assert [kind for kind, _ in planned(shop)] == [WAITS]
    shop.ask(shop.offer())
    assert [kind for kind, _ in planned(shop)] == [WAITS]


def test_without_a_sponsor_the_administrators_hear(shop: Shop) -> None:
    shop.ask(shop.offer())
    shop.people.ines.role = Role.RECRUITER
    assert planned(shop) == [(WAITS, f"person:{shop.people.ada.id}")]
    shop.people.ada.role = Role.RECRUITER
    assert reward_mail.running() == []
