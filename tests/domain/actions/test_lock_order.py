"""Whoever changes touchpoints holds their candidates first, so that no two writers wait for each other."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, select

from app.db import db
from app.domain.actions import queue_cards, relabelling, response, verdicts
from app.domain.candidates import candidate_mail
from app.domain.journey import event_name
from app.domain.journey.machine import Verdict
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_candidate
from app.mail import Envelope
from jobs import outbox as sending
from jobs.post import Refused
from tests import make
from tests.domain.actions.queue_scene import NOW as TODAY
from tests.domain.actions.queue_scene import Block
from tests.domain.scoring.scene import NOW, hit, make_candidate


@pytest.fixture
def touchpoint_id(session: None) -> int:
    taken = response.take_in(hit(make_candidate(), "Brochure", 0), NOW)
    event_name.map_to("Brochure", "form", make.person("Mila Kok").id, NOW)
    db.session.flush()
    return taken.touchpoint_id or 0


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What the database is told, in order."""
    found: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - as it comes
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield found
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize(
    "change",
    [
        lambda id_: response.take_back(id_, NOW),
        lambda id_: verdicts.judge_again([id_], Verdict.MACHINE, NOW),
        lambda _: relabelling.advance(NOW),
    ],
    ids=["taken back", "judged again", "under another name"],
)
def test_candidates_are_held_first(touchpoint_id: int, said: list[str], change: Callable[[int], object]) -> None:
    change(touchpoint_id)
    held = next(number for number, text in enumerate(said) if "FROM contact_state" in text)
    assert held < next(number for number, text in enumerate(said) if text.startswith("UPDATE touchpoint SET"))


def test_who_is_on_the_screen_is_held_before_the_card(session: None, said: list[str]) -> None:
    block = Block()
    block.start()
    deck = block.deck()
    assert deck.current
    said.clear()
    queue_cards.skip(deck, deck.current, TODAY)
    assert first(said, "UPDATE contact_state SET") < first(said, "UPDATE queue_card SET")


def test_whose_address_is_refused_is_held_before_the_mail(
    session: None, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient = name_candidate(make_candidate())
    outbox.plan(
        kind=candidate_mail.KIND,
        recipient=recipient,
        period="1",
        payload={},
        due_at=NOW,
        not_after=NOW,
        now=NOW,
        host="127.0.0.1",
    )
    row = db.session.scalars(select(OutboxRow)).one()
    monkeypatch.setattr(sending, "write_down", lambda command: command())
    sending._refused(row, "me", Envelope("noor@voorbeeld.nl", "x", row.message_id), Refused("550", of_address=True))
    held = first(said, "FROM contact_state")
    assert held < first(said, "INSERT INTO flagged_address") < first(said, "UPDATE outbox SET")


def first(said: list[str], text: str) -> int:
    return next(number for number, each in enumerate(said) if text in each)
