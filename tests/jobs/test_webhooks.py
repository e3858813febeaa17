"""Sending to webhooks: signed as the standard has it, side by side, into no network of ours, and at least once."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from standardwebhooks import Webhook, WebhookVerificationError

from app import clock
from app.db import Busy, db
from app.domain.agency.person import Role
from app.domain.notices import webhook, webhook_delivery, webhook_event, webhook_log, webhook_secret
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.webhook import FEWEST_TRIES, PATIENCE, Kind, Off, WebhookEndpoint
from app.domain.notices.webhook_delivery import LEASE, Parcel
from app.domain.notices.webhook_event import WebhookDelivery
from app.language import in_language
from app.mail import Mail
from app.web.fetching import Bounds, Found
from app.words import notices
from jobs import housekeeping, letters, outgoing, public_host, webhooks
from jobs.outgoing import Way
from jobs.unsent import Later, Skip
from jobs.writing_down import PATIENCE as PATIENT
from tests import make
from tests.certificates import Authority
from tests.conftest import KEY
from tests.jobs.test_outgoing import ANYTHING, INSIDE, Canary
from tests.webhook_receiver import Message, Receiver, open_receiver

HOUR = timedelta(hours=1)
Change = Callable[[Message], Message]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("webhooks"))


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with open_receiver(authority.context(proves=True)) as opened:
        yield opened


@pytest.fixture
def desk(real_app: Flask, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agency with an administrator, for which this machine is one of the internet."""
    monkeypatch.setattr(webhooks, "WAY", Way(ANYTHING, Bounds(trusted=authority.client(), seconds=2)))
    with real_app.app_context():
        make.agency()
        make.person("Ada Smit", Role.ADMIN)
        db.session.commit()
        yield
        db.session.remove()


def endpoint(url: str, *kinds: Kind) -> tuple[WebhookEndpoint, str]:
    """One with its secret."""
    row = webhook.add("ATS", url, kinds or webhook.CHOOSABLE, clock.now())
    secret = webhook_secret.renew(row, KEY, clock.now())
    db.session.commit()
    return row, secret


def tell(number: int = 1, kind: Kind = Kind.FAN_BECAME) -> None:
    webhook_event.tell(kind, number, {"candidate_id": number}, clock.now())
    db.session.commit()


def send() -> int:
    return webhooks.send_due("me", clock.now())


def rows() -> list[WebhookDelivery]:
    db.session.expire_all()
    return list(db.session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


def verified(message: Message, secret: str) -> object:
    return Webhook(secret).verify(message.body, dict(message.headers))


def test_it_arrives_and_proves_itself(desk: None, receiver: Receiver) -> None:
    _, secret = endpoint(receiver.at())
    tell(7)
    assert send() == 1
    (message,), (row,) = receiver.came, rows()
    assert verified(message, secret) == {
        "type": "fan.became",
        "timestamp": row.happened_at.isoformat(),
        "data": {"candidate_id": 7},
    }
    assert (message.id, message.headers["content-type"]) == (row.message_id, "application/json")
    assert (row.state, row.status, row.attempts) == ("sent", 200, 1)
    assert send() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one._replace(body=one.body.replace("7", "8")),
        lambda one: one._replace(headers={**one.headers, "webhook-id": "msg_other"}),
        lambda one: one._replace(headers={**one.headers, "webhook-timestamp": "1700000000"}),
        lambda one: one._replace(headers={**one.headers, "webhook-signature": "v1,AAAA"}),
    ],
)
def test_what_was_changed_on_its_way_does_not(desk: None, receiver: Receiver, change: Change) -> None:
    _, secret = endpoint(receiver.at())
    tell(7)
    send()
    with pytest.raises(WebhookVerificationError):
        verified(change(receiver.came[0]), secret)


def test_for_a_day_the_old_secret_opens_it_too(desk: None, receiver: Receiver) -> None:
    row, before = endpoint(receiver.at())
    secret = webhook_secret.renew(row, KEY, clock.now())
    db.session.commit()
    tell()
    send()
    for each in (before, secret):
        assert verified(receiver.came[0], each)
    assert len(receiver.came[0].headers["webhook-signature"].split()) == 2


def test_signed_in_every_zone_alike(desk: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = endpoint(receiver.at())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        tell()
        send()
        assert verified(receiver.came[0], secret)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_slow_one_holds_up_nobody(desk: None, receiver: Receiver) -> None:
    endpoint(receiver.at("silent"))
    endpoint(receiver.at())
    for number in range(5):
        tell(number)
    before = clock.now()
    send()
    assert [message.path for message in receiver.came].count("/in") == 5
    assert len([row for row in rows() if row.state == "sent"]) == 5
    assert clock.now() - before < timedelta(seconds=30)


@pytest.mark.parametrize(("status", "state"), [("301", "pending"), ("404", "pending"), ("500", "pending")])
def test_what_is_no_success_is_tried_again(desk: None, receiver: Receiver, status: str, state: str) -> None:
    receiver.answer = b"no, because of " + b"A" * 40
    endpoint(receiver.at(status))
    tell()
    send()
    (row,) = rows()
    assert (row.state, row.status, row.answer) == (state, int(status), "no, because of …")
    assert [message.path for message in receiver.came] == [f"/{status}"]


def test_whoever_is_gone_is_turned_off_and_those_who_look_after_it_hear_why(desk: None, receiver: Receiver) -> None:
    row, _ = endpoint(receiver.at("410"))
    tell()
    send()
    assert [each.off_why for each in webhook.listed()] == ["gone"]
    (mail,) = db.session.scalars(select(OutboxRow))
    (told,) = db.session.scalars(select(Notice))
    with in_language("nl"):
        (line,) = notices.lines([told], make.person("Bo", Role.ADMIN), clock.now())
    assert (line.sentence, line.path) == ("Naar de webhook “ATS” gaat niets meer", f"/connections/webhooks/{row.id}")
    composed = by_day(mail)
    assert isinstance(composed, tuple)
    assert isinstance(composed[0], Mail)
    assert f"/connections/webhooks/{row.id}" in composed[0].text
    webhook_log.turn_on(webhook.listed()[0])
    db.session.commit()
    assert isinstance(by_day(mail), Skip)


def by_day(mail: OutboxRow) -> letters.Composed:
    """The letter as it is written when its reader works: these tests run at any hour."""
    composed = letters.compose(mail, clock.now())
    return letters.compose(mail, composed.at) if isinstance(composed, Later) else composed


def test_it_turns_itself_off_after_five_days(desk: None, receiver: Receiver) -> None:
    endpoint(receiver.at("500"))
    tell()
    row, (waiting,) = webhook.listed()[0], rows()
    row.failing_since, waiting.attempts = clock.now() - PATIENCE, FEWEST_TRIES - 1
    db.session.commit()
    send()
    assert [each.off_why for each in webhook.listed()] == ["failing"]
    assert send() == 0


def test_nothing_goes_into_our_own_network(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "WAY", outgoing.WAY)
    canary, (row, _) = Canary(), endpoint("https://ats.example.com/in")
    for number, url in enumerate(INSIDE):
        row.secret_url = url.format(canary.port)
        tell(number)
        send()
        row = webhook.listed()[0]
    canary.close()
    assert len(INSIDE) > 40
    assert (canary.came, {row.failure for row in rows()}) == (0, {"inside"})


def test_nor_by_a_name_that_leads_there(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = Canary()

    def rebound(_host: str, port: int, **_: object) -> list[Found]:
        return [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", canary.port))]

    monkeypatch.setattr(webhooks, "WAY", outgoing.WAY)
    monkeypatch.setattr(public_host, "RESOLVE", rebound)
    endpoint("https://rebound.example.com/in")
    tell()
    send()
    canary.close()
    assert (canary.came, [row.failure for row in rows()]) == (0, ["inside"])


def test_without_the_guard_the_canary_is_reached(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = Canary()
    monkeypatch.setattr(webhooks, "WAY", Way(ANYTHING, Bounds(seconds=1)))
    endpoint(f"https://127.0.0.1:{canary.port}/")
    tell()
    send()
    canary.close()
    assert canary.came == 1


def test_a_secret_that_cannot_be_read_sends_nothing_and_says_so(desk: None, receiver: Receiver) -> None:
    row, _ = endpoint(receiver.at())
    row.secret = b"x" * 60
    db.session.commit()
    tell()
    send()
    assert (receiver.came, [each.failure for each in rows()]) == ([], ["unreadable"])


def test_a_fault_of_ours_keeps_nobody_waiting(desk: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = outgoing.send

    def broken(url: str, *rest: object) -> object:
        if url.endswith("/x"):
            raise RuntimeError(url)
        return kept(url, *rest)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(outgoing, "send", broken)
    endpoint(receiver.at("x"))
    endpoint(receiver.at())
    tell()
    send()
    assert [row.state for row in rows()] == ["pending", "sent"]


def test_what_is_begun_and_lost_goes_once_more_under_the_same_id(
    desk: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    endpoint(receiver.at())
    tell()
    with monkeypatch.context() as gone:
        gone.setattr(webhook_delivery, "settle", killed)
        with suppress(Killed):
            send()
    db.session.rollback()
    assert send() == 0
    for row in rows():
        row.lease_until = clock.now() - HOUR
    db.session.commit()
    assert send() == 1
    assert [message.id for message in receiver.came] == [rows()[0].message_id] * 2
    assert rows()[0].state == "sent"
    assert HOUR > LEASE


def held(monkeypatch: pytest.MonkeyPatch, times: int, number: int = 1) -> None:
    """Others hold the database when it is written down for so many times what became of a message."""
    left, kept = [times], webhook_delivery.settle

    def settle(parcel: Parcel, *rest: Any, **more: Any) -> Off | None:  # noqa: ANN401 - as they came
        if parcel.row.key == str(number) and left[0]:
            left[0] -= 1
            raise Busy
        return kept(parcel, *rest, **more)

    monkeypatch.setattr(webhook_delivery, "settle", settle)


@pytest.mark.parametrize(("times", "states"), [(PATIENT - 1, ["sent"] * 3), (PATIENT, ["sending", "sent", "sent"])])
def test_what_arrived_is_written_down_though_the_database_is_held(
    desk: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, times: int, states: list[str]
) -> None:
    for place in ("fan", "also"):
        endpoint(receiver.at(place), Kind.FAN_BECAME)
    endpoint(receiver.at(), Kind.REWARD_REQUESTED)
    held(monkeypatch, times)
    tell(1, Kind.REWARD_REQUESTED)
    tell(2)
    assert send() == 3
    assert [row.state for row in rows()] == states
    assert send() == 0
    assert len(receiver.came) == 3


def test_what_is_on_its_way_is_kept_though_nothing_can_be_claimed(
    desk: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint(receiver.at())
    tell()
    kept, begun = webhook_delivery.waiting, list[datetime]()

    def waiting(now: datetime, busy: Collection[int] = ()) -> Sequence[int]:
        begun.append(now)
        if len(begun) == 2:
            raise Busy
        return kept(now, busy)

    monkeypatch.setattr(webhook_delivery, "waiting", waiting)
    receiver.pause = 0.5
    monkeypatch.setattr(webhooks, "LOOKS_EVERY", 0.1)
    assert send() == 1
    assert (len(begun) > 2, [row.state for row in rows()]) == (True, ["sent"])


def test_what_a_removed_one_was_told_goes_with_it(desk: None) -> None:
    row, _ = endpoint("https://ats.example.com/in")
    tell()
    webhook.remove(row, clock.now())
    db.session.commit()
    housekeeping.tidy("me", clock.now())
    assert len(rows()) == 1
    housekeeping.tidy("me", clock.now() + 2 * HOUR)
    assert rows() == []
    assert db.session.scalars(select(WebhookEndpoint)).all() == []


def test_bodies_are_kept_for_thirty_days(desk: None, receiver: Receiver) -> None:
    endpoint(receiver.at())
    tell()
    send()
    housekeeping.tidy("me", clock.now() + timedelta(days=29))
    assert len(rows()) == 1
    housekeeping.tidy("me", clock.now() + timedelta(days=31))
    assert rows() == []


def test_neither_address_nor_secret_nor_answer_is_logged(
    desk: None, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.answer = b"canary-of-an-answer"
    _, secret = endpoint(receiver.at("canary-of-an-address"))
    tell()
    send()
    assert len(receiver.came) == 1
    assert [each for each in ("canary-of", secret) if each in caplog.text] == []


def test_the_body_is_json_of_plain_letters(desk: None, receiver: Receiver) -> None:
    endpoint(receiver.at())
    webhook_event.tell(Kind.CANDIDATE_ERASED, 1, {"candidate_id": 1, "external_id": "VB-é\u2028"}, clock.now())
    db.session.commit()
    send()
    assert json.loads(receiver.came[0].body)["data"]["external_id"] == "VB-é\u2028"
