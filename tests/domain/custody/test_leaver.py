"""Two years after somebody left nobody reads who they were, and everything that was counted still is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.agency import factors, recovery_code
from app.domain.agency.person import Person
from app.domain.custody import leaver
from app.domain.game.appearance import mask_of
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Gift
from app.domain.game.rewarding import budget_check, deciding
from app.domain.game.rewarding.redemption import RedemptionMove
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program, the_program
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop
from tests.factors import everything_of


@pytest.fixture
def shop(session: None) -> Shop:
    """Bram asked for something, was surprised, and then left; gone left long before."""
    found = open_shop()
    bram, by = found.people.bram, found.people.ines
    found.earn(60, bram)
    deciding.decline(found.ask(found.offer(), bram), by=by, now=found.now, said="Bram, volgende keer")
    given: Any = {"by": by, "today": TODAY, "now": found.now, "key": new_key()}
    surprise.give(program(), bram, Gift("Dank je wel Bram", 100), **given)
    bram.deactivated_at = found.now
    db.session.flush()
    return found


def program() -> Program:
    found = the_program()
    assert found
    return found


def forget(shop: Shop, after: timedelta) -> int:
    return leaver.forget_due(program(), "nl", shop.now + after)


def words() -> list[str]:
    texts = [*db.session.scalars(select(RedemptionMove.note)), *db.session.scalars(select(surprise.Surprise.text))]
    return [each for each in texts if each]


def test_until_then_they_are_known(shop: Shop) -> None:
    forget(shop, leaver.KEPT - timedelta(days=1))
    assert (shop.people.bram.name, len(words())) == ("Bram Jansen", 2)


def test_then_they_are_a_pseudonym_without_an_address(shop: Shop) -> None:
    assert forget(shop, leaver.KEPT) == 2
    them = db.session.get_one(Person, shop.people.bram.id)
    assert (them.name, them.email, them.password_hash) == (mask_of(program(), them.id, "nl"), None, None)
    assert words() == []
    assert forget(shop, leaver.KEPT) == 0, "once is enough"


def test_what_they_signed_in_with_goes(shop: Shop) -> None:
    everything_of(shop.people.bram, shop.now)
    forget(shop, leaver.KEPT)
    assert not factors.has(shop.people.bram.id)
    assert recovery_code.left(shop.people.bram.id) == 0


def test_what_a_mail_server_said_of_their_address_goes(shop: Shop) -> None:
    them = shop.people.bram
    when: Any = dict.fromkeys(("due_at", "not_after", "now"), shop.now)
    outbox.plan(kind="daily", recipient=name_person(them.id), period="1", payload={}, host="x.nl", **when)
    row = db.session.scalars(select(OutboxRow).where(OutboxRow.period == "1")).one()
    row.state, row.last_error = "failed", f"550 <{them.email}>: nobody"
    forget(shop, leaver.KEPT)
    assert row.last_error is None


def test_what_was_counted_stays(shop: Shop) -> None:
    points = select(func.sum(LedgerEntry.points)).where(LedgerEntry.person_id == shop.people.bram.id)
    before = db.session.scalar(points), shop.pots(), shop.coins(shop.people.bram)
    forget(shop, leaver.KEPT)
    assert (db.session.scalar(points), shop.pots(), shop.coins(shop.people.bram)) == before
    assert budget_check.wrong_redemptions() == []


def test_colleagues_stay_who_they_are(shop: Shop) -> None:
    forget(shop, 10 * leaver.KEPT)
    assert db.session.get_one(Person, shop.people.sanne.id).name == "Sanne de Vries"
