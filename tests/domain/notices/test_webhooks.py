"""Webhooks: told once for each that hears of it, under a lease, tried again less and less often, and turned off."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency import sealing
from app.domain.agency.person import Role
from app.domain.notices import webhook, webhook_delivery, webhook_event, webhook_log, webhook_off, webhook_secret
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.webhook import MOST, PATIENCE, Full, Kind, Off, WebhookEndpoint
from app.domain.notices.webhook_answer import SHOWN, shown
from app.domain.notices.webhook_delivery import BACK_OFF, LEASE, Attempt, Failure, Parcel
from app.domain.notices.webhook_event import WebhookDelivery
from tests import make
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")
KEY, OTHER = "k" * 40, "o" * 40
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
BROKEN = Attempt(status=500)


def endpoint(*kinds: Kind, label: str = "ATS") -> WebhookEndpoint:
    row = webhook.add(label, "https://ats.example.com/in", kinds or webhook.CHOOSABLE, START)
    webhook_secret.renew(row, KEY, START)
    return row


def rows() -> list[WebhookDelivery]:
    db.session.expire_all()
    return list(db.session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


def take(now: datetime = START, owner: str = "me") -> list[Parcel]:
    return webhook_delivery.claim(owner, webhook_delivery.waiting(now), now)


def fail(times: int, attempt: Attempt = BROKEN) -> list[Off | None]:
    """Whatever is due fails so many times in a row, each as soon as it is due."""
    became = []
    for _ in range(times):
        (row,) = [each for each in rows() if each.state == "pending"]
        (parcel,) = take(row.next_try_at)
        became.append(webhook_delivery.settle(parcel, "me", attempt, row.next_try_at, jitter=0))
    return became


def test_whoever_hears_of_it_is_told_once() -> None:
    ats, wall = endpoint(Kind.FAN_BECAME, label="ATS"), endpoint(Kind.FAN_BECAME, Kind.REWARD_REQUESTED, label="Wand")
    endpoint(Kind.REWARD_REQUESTED, label="Kassa")
    for _ in range(2):
        webhook_event.tell(Kind.FAN_BECAME, "7", {"candidate_id": 7}, START)
    found = rows()
    assert sorted(row.endpoint_id for row in found) == sorted([ats.id, wall.id])
    assert len({row.message_id for row in found}) == 1
    assert {(row.kind, row.key, row.state, row.attempts) for row in found} == {("fan.became", "7", "pending", 0)}
    assert found[0].payload == {"candidate_id": 7}


@pytest.mark.parametrize("kind", webhook.CHOOSABLE)
def test_each_kind_is_heard_by_itself(kind: Kind) -> None:
    endpoint(kind)
    for each in webhook.CHOOSABLE:
        webhook_event.tell(each, "1", {}, START)
    assert [row.kind for row in rows()] == [kind]


def test_who_hears_of_actions_hears_what_was_taken_back() -> None:
    endpoint(Kind.ACTION_LOGGED)
    webhook_event.tell(Kind.ACTION_TAKEN_BACK, 3, {"action_id": 3}, START)
    assert [row.kind for row in rows()] == ["action.taken_back"]


def test_what_is_no_longer_so_is_not_told_late() -> None:
    endpoint()
    webhook_event.tell(Kind.ACTION_LOGGED, 3, {}, START)
    (parcel,) = take()
    webhook_event.withdraw(Kind.ACTION_LOGGED, 3)
    webhook_delivery.settle(parcel, "me", BROKEN, START, jitter=0)
    assert [row.state for row in rows()] == ["skipped"]
    assert take(START + DAY) == []


def test_one_message_at_a_time_and_the_longest_waiting_first() -> None:
    endpoint()
    for number in (1, 2):
        webhook_event.tell(Kind.FAN_BECAME, number, {}, START + number * MINUTE)
    (first,) = take(START + DAY)
    assert (first.row.key, first.row.attempts, first.row.state) == ("1", 1, "sending")
    assert [each.row.key for each in take(START + DAY, "you")] == ["2"]
    assert take(START + DAY) == []


def test_busy_ones_are_left_alone() -> None:
    row = endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    assert webhook_delivery.waiting(START, {row.id}) == []
    assert webhook_delivery.waiting(START) == [row.id]


@pytest.mark.parametrize("later", [LEASE + MINUTE, -DAY])
def test_a_lease_that_ended_or_is_of_another_time_is_taken_again(later: timedelta) -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    (lost,) = take()
    assert take(START + LEASE / 2, "you") == []
    (again,) = take(START + later, "you")
    assert (again.row.message_id, again.row.attempts) == (lost.row.message_id, 2)
    webhook_delivery.settle(Parcel(lost.row, lost.endpoint), "me", BROKEN, START, jitter=0)
    assert [(row.state, row.lease_owner) for row in rows()] == [("sending", "you")]


def test_it_is_tried_ten_times_less_and_less_often() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    moments = [START]
    for _ in BACK_OFF:
        fail(1)
        moments.append(rows()[0].next_try_at)
    assert tuple(later - before for before, later in pairwise(moments)) == BACK_OFF
    fail(1)
    assert [(row.state, row.attempts, row.status) for row in rows()] == [("failed", 10, 500)]


def test_not_all_come_back_together() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    (parcel,) = take()
    webhook_delivery.settle(parcel, "me", BROKEN, START, jitter=0.5)
    assert rows()[0].next_try_at == START + BACK_OFF[0] * 1.1


@pytest.mark.parametrize("status", [200, 204, 299])
def test_two_hundred_and_something_is_done(status: int) -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    (parcel,) = take()
    assert webhook_delivery.settle(parcel, "me", Attempt(status, "ok"), START, jitter=0) is None
    row = webhook.listed()[0]
    db.session.refresh(row)
    assert ([(each.state, each.answer) for each in rows()], row.delivered_at) == ([("sent", "ok")], START)


@pytest.mark.parametrize("attempt", [Attempt(199), Attempt(302), Attempt(404), BROKEN, Attempt(failure=Failure.SILENT)])
def test_anything_else_is_tried_again(attempt: Attempt) -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    assert fail(1, attempt) == [None]
    assert [row.state for row in rows()] == ["pending"]


def test_whoever_is_gone_is_turned_off_at_once_and_what_happens_waits() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    assert fail(1, Attempt(410)) == [Off.GONE]
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START)
    assert take(START + DAY) == []
    db.session.expire_all()
    webhook.turn_on(webhook.listed()[0])
    db.session.flush()
    assert len(take(START + DAY)) == 1


def test_five_days_without_one_success_turn_it_off_once() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    assert set(fail(10)) == {None}
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START + PATIENCE)
    assert fail(3) == [None, None, Off.FAILING]
    assert [each.off_why for each in webhook.listed()] == [Off.FAILING]
    lost = Parcel(rows()[1], webhook.listed()[0])
    assert webhook.failed(lost.endpoint, START + 2 * PATIENCE, tries=9) is None


def test_one_success_begins_the_five_days_anew() -> None:
    row = endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    fail(2)
    webhook.succeeded(row, START + DAY)
    assert webhook.failed(row, START + PATIENCE, tries=9) is None
    assert webhook.failed(row, START + 2 * PATIENCE, tries=9) is Off.FAILING


def test_another_one_by_the_same_number_is_none_of_its_business() -> None:
    row = endpoint()
    row.made_at = START + DAY
    db.session.flush()
    db.session.expunge(row)
    row.made_at = START
    assert webhook.failed(row, START, tries=1, gone=True) is None
    assert [each.off_at for each in webhook.listed()] == [None]


def test_administrators_hear_of_it_once_each() -> None:
    make.agency()
    ada, _ = make.person("Ada Smit", Role.ADMIN), make.person("Sanne de Vries")
    gone = make.person("Gerrit Los", Role.ADMIN, gone=True)
    row = endpoint()
    for _ in range(2):
        webhook_off.tell(row, Off.GONE, START, "x.nl")
    told = [(each.recipient, each.kind) for each in db.session.scalars(select(Notice))]
    mailed = [(each.recipient, each.kind) for each in db.session.scalars(select(OutboxRow))]
    assert told == mailed == [(f"person:{ada.id}", "webhook_off")]
    assert gone.id != ada.id


def test_a_trial_goes_once_a_minute_to_one_and_is_not_tried_again() -> None:
    one, _ = endpoint(Kind.FAN_BECAME), endpoint(label="Wand")
    assert [webhook_event.ping(one, START) for _ in range(2)] == [True, False]
    assert [row.endpoint_id for row in rows()] == [one.id]
    fail(1)
    assert [row.state for row in rows()] == ["failed"]


def test_one_goes_again_under_the_same_id_also_when_it_arrived() -> None:
    row = endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    (parcel,) = take()
    assert webhook_log.replay(row, parcel.row.id, START) is False
    webhook_delivery.settle(parcel, "me", Attempt(200), START, jitter=0)
    assert webhook_log.replay(row, parcel.row.id, START) is True
    (again,) = take()
    assert (again.row.message_id, again.row.attempts) == (parcel.row.message_id, 1)
    assert webhook_log.replay(endpoint(label="Wand"), parcel.row.id, START) is False


def test_all_that_failed_since_a_moment_goes_again() -> None:
    row = endpoint()
    for number in range(4):
        webhook_event.tell(Kind.FAN_BECAME, number, {}, START + number * DAY)
    for each in rows()[:3]:
        each.state = "failed"
    db.session.flush()
    assert webhook_log.replay_failed(row, START + DAY, START + 9 * DAY) == 2
    assert [each.state for each in rows()] == ["failed", "pending", "pending", "pending"]


def test_after_thirty_days_it_goes() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START + DAY)
    assert webhook_log.forget(START + DAY) == 1
    assert [row.key for row in rows()] == ["2"]


def test_there_is_a_bound() -> None:
    for number in range(MOST):
        endpoint(label=str(number))
    with pytest.raises(Full):
        endpoint()


def test_it_is_forgotten_with_all_that_it_was_told() -> None:
    one, other = endpoint(), endpoint(label="Wand")
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    webhook_event.remove(one)
    assert [row.endpoint_id for row in rows()] == [other.id]
    assert list(webhook.listed()) == [other]


def test_a_secret_is_sealed_and_the_one_before_signs_for_a_day() -> None:
    row = endpoint()
    first = webhook_secret.signing(row, KEY, START)
    told = webhook_secret.renew(row, KEY, START)
    assert told.startswith("whsec_")
    both = webhook_secret.signing(row, KEY, START + DAY - MINUTE)
    assert (len(both), both[1:]) == (2, first)
    assert webhook_secret.signing(row, KEY, START + DAY) == both[:1]
    assert both[0] not in row.secret
    webhook_secret.end_old(row)
    assert webhook_secret.signing(row, KEY, START) == both[:1]


def test_it_opens_with_no_other_key_and_for_no_other_endpoint() -> None:
    one, other = endpoint(), endpoint(label="Wand")
    with pytest.raises(sealing.Broken):
        webhook_secret.signing(one, OTHER, START)
    other.secret = one.secret
    with pytest.raises(sealing.Broken):
        webhook_secret.signing(other, KEY, START)


def test_secrets_go_on_after_the_key_was_changed() -> None:
    row = endpoint()
    webhook_secret.renew(row, KEY, START)
    before = webhook_secret.signing(row, KEY, START)
    assert webhook_secret.reseal(KEY, OTHER) == (1, 0)
    assert webhook_secret.signing(row, OTHER, START) == before
    assert webhook_secret.reseal("x" * 40, "y" * 40) == (0, 1)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (b"", ""),
        (b"thank\r\n  you\x00\x1b[31m", "thank you [31m"),
        (b"key whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw!", "key …!"),
        (b"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "Bearer ….…"),
        (b'{"mail": "noor.willems@example.com"}', '{"mail": "…"}'),
        (b"\xff\xfe\xf0", "\ufffd\ufffd\ufffd"),
        (b"ok " * 999, ("ok " * 999)[:SHOWN]),
    ],
)
def test_of_an_answer_little_is_kept_and_no_key(answer: bytes, kept: str) -> None:
    assert shown(answer) == kept
