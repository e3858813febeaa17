"""Several write at once: what happens is never refused because a webhook is removed, sent or taken back beside it."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.notices import webhook, webhook_delivery, webhook_event
from app.domain.notices.webhook import CHOOSABLE, Kind
from app.domain.notices.webhook_delivery import Attempt
from app.domain.notices.webhook_event import WebhookDelivery
from tests.domain.actions.test_races import at_once
from tests.make import START

ROUNDS, WRITERS = 6, 4


@pytest.fixture
def listening(real_app: Flask) -> Callable[[], int]:
    """A new endpoint each time it is asked for."""

    def added() -> int:
        with real_app.app_context():
            write()
            row = webhook.add("ATS", "https://ats.example.com/in", CHOOSABLE, START)
            db.session.commit()
            return row.id

    return added


def in_app(app: Flask, command: Callable[[], object]) -> object:
    with app.app_context():
        write()
        try:
            found = command()
            db.session.commit()
        finally:
            db.session.remove()
        return found


def remove(endpoint_id: int) -> None:
    row = webhook.one(endpoint_id)
    assert row
    webhook_event.remove(row)


def send(owner: str) -> int:
    """Take what waits, and then say that it did not arrive."""
    parcels = webhook_delivery.claim(owner, webhook_delivery.waiting(START), START)
    db.session.commit()
    write()
    for parcel in parcels:
        webhook_delivery.settle(parcel, owner, Attempt(500), START, jitter=0)
    return len(parcels)


def test_what_happens_while_one_is_removed_and_sent_happens_all_the_same(
    real_app: Flask, listening: Callable[[], int]
) -> None:
    found: list[object] = []
    for number in range(ROUNDS):
        endpoint_id = listening()
        tells: list[Callable[[], object]] = [
            partial(webhook_event.tell, Kind.FAN_BECAME, f"{number} {each}", {}, START) for each in range(WRITERS)
        ]
        others: list[Callable[[], object]] = [partial(send, "me"), partial(send, "you"), partial(remove, endpoint_id)]
        found += at_once([partial(in_app, real_app, each) for each in [*tells, *others]])
    assert [each for each in found if isinstance(each, Exception)] == []
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(WebhookDelivery)) == 0


def test_one_message_goes_by_one_sender(real_app: Flask, listening: Callable[[], int]) -> None:
    listening()
    with real_app.app_context():
        write()
        webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
        db.session.commit()
        db.session.remove()
    senders = [partial(in_app, real_app, partial(send, str(each))) for each in range(WRITERS)]
    assert sorted(map(str, at_once(senders))) == ["0"] * (WRITERS - 1) + ["1"]


def test_the_same_is_told_once_by_however_many(real_app: Flask, listening: Callable[[], int]) -> None:
    listening()
    tells = [partial(webhook_event.tell, Kind.ACTION_LOGGED, 7, {}, START) for _ in range(WRITERS)]
    assert at_once([partial(in_app, real_app, each) for each in tells]) == [None] * WRITERS
    with real_app.app_context():
        row = db.session.scalars(select(WebhookDelivery)).one()
        assert row.happened_at == START
