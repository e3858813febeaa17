"""The card that comes next, asked for beforehand: the same card as the key will bring, and looking changes nothing."""

import pytest
from sqlalchemy import func, select

from app.db import Base, db
from app.domain.actions import claim
from app.domain.actions.action import log
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from tests.blueprints.block.scene import Block
from tests.blueprints.today.scene import NOW


def ahead(block: Block, card: int) -> tuple[int, str]:
    answer = block.sanne.get(f"/block/cards/{card}/ahead", part=True)
    return answer.status_code, answer.text


def rows(block: Block) -> list[object]:
    """How many rows every table has, and who is at work with whom."""
    with block.sanne.app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables]
        claims = select(ContactState.candidate_id, ContactState.claimed_by_id, ContactState.claimed_until)
        return [*counts, *map(tuple, db.session.execute(claims.order_by(ContactState.candidate_id)))]


def test_it_is_the_card_that_the_key_brings_and_changes_nothing(block: Block) -> None:
    block.begin()
    before, card = rows(block), block.card()
    status, html = ahead(block, card)
    assert (status, html.count('<div id="queue-ahead">')) == (200, 1)
    assert "Chantal de Groot</h2>" in html
    assert "Vastleggen voor Bram…" in html
    assert (rows(block), block.name()) == (before, "Bram Willems")
    block.press("next")
    block.press("next")
    assert "Bram Willems</h2>" in ahead(block, block.card())[1], "behind the last comes the first"


@pytest.mark.parametrize("who", ["colleague", "oneself"])
def test_whom_the_key_would_pass_over_is_not_known_beforehand(block: Block, who: str) -> None:
    block.begin()
    with block.sanne.app.app_context():
        if who == "colleague":
            claim.take(db.session.get_one(Person, block.people.bram.id), block.chantal, NOW)
        else:
            sanne, them = (
                db.session.get_one(Person, block.people.sanne.id),
                db.session.get_one(Candidate, block.chantal),
            )
            log(sanne, them, Outcome.SPOKE, at=NOW, now=NOW)
        db.session.commit()
    assert ahead(block, block.card()) == (204, "")
    assert block.states() == ["waiting"] * 3


def test_nothing_comes_after_the_last_card_another_card_or_the_end(block: Block) -> None:
    block.begin()
    first = block.card()
    block.log(card=first)
    assert ahead(block, first)[0] == 204
    block.log()
    last = block.card()
    assert ahead(block, last)[0] == 204
    block.sanne.post("/block/end")
    assert ahead(block, last)[0] == 204


def test_it_is_nobody_elses(block: Block) -> None:
    block.begin()
    card = block.card()
    assert block.sanne.sign_in(block.people.bram).get(f"/block/cards/{card}/ahead").status_code == 404
