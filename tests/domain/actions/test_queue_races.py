"""Two at once: no candidate is on two screens, no queue begins twice, no press counts twice; beside their controls."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.actions import queue, queue_cards, queue_log, queue_start
from app.domain.actions.consequence import Answer
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.queue import Queue
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags, contact_state
from app.domain.candidates.candidate import Candidate
from tests.domain.actions.test_races import at_once
from tests.torture import claims
from tests.torture.claims import NOW, Pool

CLAIMS = 200


def count(app: Flask, table: type[Queue | EngagementAction]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_two_recruiters_never_share_a_card(real_app: Flask) -> None:
    pool = claims.fill(real_app, CLAIMS)
    seen = claims.at_once(real_app, pool, CLAIMS * 6 // 10)
    assert sum(map(len, seen)) >= CLAIMS - 2 * claims.CARDS
    assert claims.shared(seen) == []
    assert [len(set(one)) for one in seen] == [len(one) for one in seen]


def test_control_without_the_guard_they_do(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_flags, "turned", lambda candidate_id, *_facts: contact_state.hold(candidate_id))
    assert claims.shared(claims.at_once(real_app, claims.fill(real_app, 20), 10)) != []


def begin(app: Flask, pool: Pool) -> int:
    with app.app_context():
        write()
        turned = queue_start.start(db.session.get_one(Person, pool.owner_id), NOW)
        db.session.commit()
        assert turned
        assert turned.card
        return turned.card.id


def test_two_devices_begin_one_queue(real_app: Flask) -> None:
    pool = claims.fill(real_app, 12)
    cards = at_once([lambda: begin(real_app, pool)] * 4)
    assert len({str(card) for card in cards}) == 1
    assert count(real_app, Queue) == 1


def press(app: Flask, pool: Pool, card_id: int, key: bytes) -> bool:
    with app.app_context():
        write()
        person = db.session.get_one(Person, pool.owner_id)
        row = queue.open_of(person, NOW)
        deck = queue_cards.deck_of(person, row.id) if row else None
        assert deck
        card = deck.card(card_id)
        assert card
        candidate = db.session.get_one(Candidate, card.candidate_id)
        worked = queue_log.log(deck, card, candidate, Answer(Outcome.SPOKE), now=NOW, key=key)
        db.session.commit()
        return worked.logged is not None


def test_six_presses_at_once_log_once(real_app: Flask) -> None:
    pool = claims.fill(real_app, 12)
    card = begin(real_app, pool)
    keys = [bytes([number % 3]) * 16 for number in range(6)]
    answers = at_once([lambda key=key: press(real_app, pool, card, key) for key in keys])  # type: ignore[misc]
    assert sorted(map(str, answers)) == ["False"] * 5 + ["True"]
    assert count(real_app, EngagementAction) == 1
