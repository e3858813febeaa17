"""Mails about rewards: planned once from what happened, and not sent when it is no longer so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Role
from app.domain.game.recognition import surprise, surprise_mail
from app.domain.game.recognition.surprise import Gift
from app.domain.game.rewarding import deciding, reward_mail
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from app.mail import Mail
from jobs.letters import compose
from jobs.unsent import Later, Skip
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOST = "voorbeeld.nl"


@pytest.fixture
def shop(session: None) -> Shop:
    found = open_shop()
    found.earn(600)
    return found


def planned(now: datetime = Shop.now) -> list[tuple[str, str]]:
    """What is new, and for whom."""
    before = set(db.session.scalars(select(OutboxRow.id)))
    reward_mail.plan_due(now, HOST)
    surprise_mail.plan_due(now, HOST)
    rows = db.session.scalars(select(OutboxRow).where(OutboxRow.id.not_in(before)).order_by(OutboxRow.id))
    return [(row.kind, row.recipient) for row in rows]


def letter(kind: str, now: datetime = MORNING) -> Mail | Skip | Later:
    """What goes out for the last of a kind."""
    newest = select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id.desc()).limit(1)
    found = compose(db.session.scalars(newest).one(), now)
    return found[0] if isinstance(found, tuple) else found


def to(person: Any) -> str:  # noqa: ANN401 - a person of the shop
    return f"person:{person.id}"


def test_who_was_answered_before_a_weekend_without_jobs_still_hears(shop: Shop) -> None:
    people = shop.people
    deciding.approve(shop.ask(shop.offer(stock=1)), by=people.ines, now=shop.now)
    given: Any = {"by": people.ines, "today": TODAY, "now": shop.now, "key": new_key()}
    program = the_program()
    assert program
    surprise.give(program, people.sanne, Gift("Dank je wel", 100), **given)
    assert ("reward_decided", to(people.sanne)) in (late := planned(shop.now + timedelta(days=3)))
    assert ("surprise", to(people.sanne)) in late


def test_the_sponsor_hears_once_that_one_waits(shop: Shop) -> None:
    shop.ask(shop.offer())
    assert planned() == [("reward_waits", to(shop.people.ines))]
    assert planned() == []
    found = letter("reward_waits")
    assert isinstance(found, Mail)
    assert found.subject == "Sanne de Vries vraagt aan: Boekenbon"
    assert "/budget/requests" in found.text


def test_where_there_is_no_sponsor_the_administrators_hear_it(shop: Shop) -> None:
    shop.ask(shop.offer())
    shop.people.ines.role = Role.RECRUITER
    assert planned() == [("reward_waits", to(shop.people.ada))]


def test_whoever_asked_hears_the_decision_and_why(shop: Shop) -> None:
    row = shop.ask(shop.offer())
    planned()
    deciding.decline(row, by=shop.people.ines, now=shop.now, said="Volgende maand weer")
    assert planned() == [("reward_decided", to(shop.people.sanne))]
    found = letter("reward_decided")
    assert isinstance(found, Mail)
    assert found.subject == "Niet toegekend: Boekenbon"
    assert "Volgende maand weer" in found.text
    assert isinstance(letter("reward_waits"), Skip), "it waits no more"


def test_what_is_granted_at_once_waits_to_be_handed_over(shop: Shop) -> None:
    row = shop.ask(shop.offer(approval=False))
    assert planned() == [("reward_waits", to(shop.people.ines)), ("reward_decided", to(shop.people.sanne))]
    found = letter("reward_waits")
    assert isinstance(found, Mail)
    assert "Reik het uit" in found.text
    deciding.cancel(row, by=shop.people.sanne, now=shop.now)
    assert [letter(kind) for kind in ("reward_waits", "reward_decided")] == [Skip("it is no longer so")] * 2
    assert planned() == [], "they know what they did themselves"


def test_nothing_is_told_days_later_or_outside_working_hours(shop: Shop) -> None:
    shop.ask(shop.offer())
    assert planned(shop.now + timedelta(days=5)) == []
    planned()
    assert isinstance(letter("reward_waits", MORNING.replace(hour=23)), Later)


def test_a_surprise_is_told_with_its_words(shop: Shop) -> None:
    program = the_program()
    assert program
    whom: Any = {"by": shop.people.ines, "today": TODAY, "now": shop.now, "key": new_key()}
    surprise.give(program, shop.people.sanne, Gift("Zo kan het ook", 2_500), **whom)
    assert planned() == [("surprise", to(shop.people.sanne))]
    assert planned() == []
    found = letter("surprise")
    assert isinstance(found, Mail)
    assert found.subject == "Ines Visser heeft een verrassing voor je"
    assert all(said in found.text for said in ("Zo kan het ook", "€\xa025"))
