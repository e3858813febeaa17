"""Several write at once: what happens is never refused because a webhook is removed, sent or taken back beside it."""

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.db import db, write
from app.domain.notices import webhook, webhook_delivery, webhook_event, webhook_log
from app.domain.notices.webhook import CHOOSABLE, Kind, Known, WebhookEndpoint
from app.domain.notices.webhook_delivery import Attempt
from app.domain.notices.webhook_event import WebhookDelivery
from app.domain.notices.webhook_log import KEPT
from tests import make
from tests.domain.actions.test_races import at_once, only_postgresql
from tests.make import START

ROUNDS, WRITERS = 6, 4
NUMBER = count(1)
TABLES = (WebhookDelivery, WebhookEndpoint)


@pytest.fixture
def listening(real_app: Flask) -> Callable[[], int]:
    """A new endpoint each time it is asked for."""

    def added() -> int:
        with real_app.app_context():
            write()
            row = webhook.add("ATS", f"https://ats.example.com/{next(NUMBER)}", CHOOSABLE, START)
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
    row = webhook.hold(endpoint_id)
    assert row
    webhook.remove(row, START)


def take_back(key: str) -> None:
    """As an undo does it."""
    webhook_event.withdraw(Kind.ACTION_LOGGED, key)
    webhook_event.tell(Kind.ACTION_TAKEN_BACK, key, {}, START)


def forget(_owner: str) -> int:
    return webhook_log.forget_removed(START + KEPT, 2)


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
    while in_app(real_app, partial(forget, "me")):
        pass
    assert left(real_app) == (0, 0)


def left(app: Flask) -> tuple[int, int]:
    """How many messages there are, and how many endpoints."""
    with app.app_context():
        told, endpoints = (db.session.scalar(select(func.count()).select_from(each)) for each in TABLES)
        return told or 0, endpoints or 0


def test_what_is_taken_back_while_one_is_removed_and_forgotten_is_taken_back_all_the_same(
    real_app: Flask, listening: Callable[[], int]
) -> None:
    found: list[object] = []
    listening()
    for number in range(ROUNDS):
        gone, other = listening(), listening()
        keys = [f"{number} {each}" for each in range(WRITERS)]
        for key in keys:
            in_app(real_app, partial(webhook_event.tell, Kind.ACTION_LOGGED, key, {}, START))
        in_app(real_app, partial(remove, gone))
        doing: list[Callable[[], object]] = [partial(remove, other), partial(forget, "me"), partial(send, "me")]
        doing += [partial(take_back, key) for key in keys]
        found += at_once([partial(in_app, real_app, each) for each in doing])
    assert [each for each in found if isinstance(each, Exception)] == []
    with real_app.app_context():
        kinds = select(WebhookDelivery.state).where(WebhookDelivery.kind == Kind.ACTION_LOGGED)
        assert set(db.session.scalars(kinds)) == {"skipped"}


def test_nobody_waits_for_an_endpoint_that_is_being_removed(real_app: Flask, listening: Callable[[], int]) -> None:
    only_postgresql(real_app)
    endpoint_id = listening()
    with real_app.app_context():
        write()
        remove(endpoint_id)
        db.session.flush()
        with real_app.app_context():
            db.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
            db.session.commit()
            db.session.remove()
        db.session.commit()
        db.session.remove()


def test_one_message_goes_by_one_sender(real_app: Flask, listening: Callable[[], int]) -> None:
    listening()
    with real_app.app_context():
        write()
        webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
        db.session.commit()
        db.session.remove()
    senders = [partial(in_app, real_app, partial(send, str(each))) for each in range(WRITERS)]
    assert sorted(map(str, at_once(senders))) == ["0"] * (WRITERS - 1) + ["1"]


def test_who_add_the_last_one_at_once_do_so_by_turns(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_agency(real_app)
    for number in range(1, ROUNDS + 1):
        monkeypatch.setattr(webhook, "MOST", number)
        urls = [f"https://ats.example.com/{number}/{each}" for each in range(WRITERS)]
        at_once([partial(in_app, real_app, partial(webhook.add, "ATS", url, CHOOSABLE, START)) for url in urls])
        assert left(real_app)[1] == number


def lay_agency(app: Flask) -> None:
    with app.app_context():
        write()
        make.agency()
        db.session.commit()
        db.session.remove()


def test_who_add_the_same_address_at_once_add_it_once(real_app: Flask) -> None:
    lay_agency(real_app)
    for number in range(1, ROUNDS + 1):
        add = partial(webhook.add, "ATS", f"https://ats.example.com/{number}", CHOOSABLE, START)
        found = at_once([partial(in_app, real_app, add)] * WRITERS)
        assert sum(isinstance(each, Known) for each in found) == WRITERS - 1
        assert left(real_app)[1] == number


def test_the_same_is_told_once_by_however_many(real_app: Flask, listening: Callable[[], int]) -> None:
    listening()
    tells = [partial(webhook_event.tell, Kind.ACTION_LOGGED, 7, {}, START) for _ in range(WRITERS)]
    assert at_once([partial(in_app, real_app, each) for each in tells]) == [None] * WRITERS
    with real_app.app_context():
        row = db.session.scalars(select(WebhookDelivery)).one()
        assert row.happened_at == START
