"""Webhooks: told once for each that hears of it, under a lease, tried again less and less often, and turned off."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event, select, text

from app.db import db, is_sqlite
from app.domain.agency import sealing
from app.domain.agency.person import Role
from app.domain.notices import webhook, webhook_delivery, webhook_event, webhook_log, webhook_off, webhook_secret
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.webhook import MOST, PATIENCE, Full, Kind, Known, Off, WebhookEndpoint
from app.domain.notices.webhook_answer import SHOWN, shown
from app.domain.notices.webhook_delivery import BACK_OFF, LEASE, Attempt, Failure, Parcel
from app.domain.notices.webhook_event import WebhookDelivery
from app.domain.notices.webhook_log import TakenBack
from tests import make
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")
KEY, OTHER = "k" * 40, "o" * 40
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BROKEN = Attempt(status=500)


def endpoint(*kinds: Kind, label: str = "ATS") -> WebhookEndpoint:
    row = webhook.add(label, f"https://ats.example.com/{label}", kinds or webhook.CHOOSABLE, START)
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


def test_nor_does_it_go_when_all_that_failed_goes_again() -> None:
    row = endpoint()
    webhook_event.tell(Kind.ACTION_LOGGED, 3, {}, START)
    rows()[0].state = "failed"
    webhook_event.withdraw(Kind.ACTION_LOGGED, 3)
    assert webhook_log.replay_failed(row, START, START) == 0
    assert [each.state for each in rows()] == ["skipped"]


def test_what_arrived_and_was_taken_back_does_not_go_again() -> None:
    row = endpoint()
    for kind in (Kind.ACTION_LOGGED, Kind.ACTION_TAKEN_BACK):
        webhook_event.tell(kind, 3, {}, START)
    webhook_event.tell(Kind.ACTION_LOGGED, 4, {}, START)
    logged, taken_back, other = rows()
    logged.state = taken_back.state = other.state = "sent"
    with pytest.raises(TakenBack):
        webhook_log.replay(row, logged.id, START)
    assert [webhook_log.replay(row, each.id, START) for each in (taken_back, other)] == [True, True]


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
    webhook_log.turn_on(webhook.listed()[0])
    assert len(take(START + DAY)) == 1


def test_turned_on_all_that_waited_goes_in_the_order_in_which_it_happened() -> None:
    row, other = endpoint(label="ATS"), endpoint(label="Wand")
    for number in range(5):
        webhook_event.tell(Kind.FAN_BECAME, number, {}, START + number * MINUTE)
    webhook_event.ping(row, START)
    refused, failed, pausing, waiting, *_, trial = [each for each in rows() if each.endpoint_id == row.id]
    for each in (refused, failed, trial):
        each.state, each.attempts, each.tried_at = "failed", 10, START + DAY
    refused.tried_at = START
    pausing.attempts, pausing.next_try_at = 8, START + 3 * DAY
    row.off_at, row.off_why, row.failing_since = START + DAY, Off.FAILING, START + HOUR
    assert webhook_log.turn_on(row) == 2
    now = START + DAY
    parcels = [each for _ in range(9) for each in webhook_delivery.claim("me", [row.id], now)]
    assert [(each.row.key, each.row.attempts) for each in parcels] == [("1", 1), ("2", 1), (waiting.key, 1), ("4", 1)]
    assert [parcel.endpoint.id for parcel in take(now)] == [other.id]


THOUSANDS = 3_000


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """What was asked of the deliveries meanwhile."""
    found: list[tuple[str, Any]] = []

    def heard(_connection: object, _cursor: object, text: str, values: Any, *_: object) -> None:  # noqa: ANN401 - as above
        if text.startswith("SELECT") and "webhook_delivery" in text:
            found.append((text, values))

    event.listen(db.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", heard)


def test_of_thousands_that_wait_it_reads_the_first_alone() -> None:
    row = endpoint(Kind.FAN_BECAME)
    for number in range(THOUSANDS):
        webhook_event.tell(Kind.FAN_BECAME, number, {}, START)
    db.session.execute(text("ANALYZE"))
    with asked() as questions:
        (parcel,) = take()
    assert (parcel.row.key, parcel.endpoint.id, len(questions)) == ("0", row.id, 3)
    for claiming in questions[1:]:
        plan = plan_of(*claiming)
        assert ("next_try_at_id" in plan, re.search(r"Sort|TEMP B-TREE|Seq Scan", plan)) == (True, None)


def plan_of(question: str, values: Any) -> str:  # noqa: ANN401 - as the driver takes them
    explain = "EXPLAIN QUERY PLAN" if is_sqlite() else "EXPLAIN"
    return str(db.session.connection().exec_driver_sql(f"{explain} {question}", values).all())


def test_five_days_without_one_success_turn_it_off_once() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    assert set(fail(10)) == {None}
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START + PATIENCE)
    assert fail(8) == [*[None] * 7, Off.FAILING]
    off_at = webhook.listed()[0].off_at
    assert off_at
    assert off_at - START - PATIENCE > DAY
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


def test_after_quiet_weeks_five_minutes_of_trouble_turn_nothing_off() -> None:
    endpoint(Kind.COMPETITION_FINAL)
    webhook_event.tell(Kind.COMPETITION_FINAL, 1, {}, START)
    fail(10)
    webhook_event.tell(Kind.COMPETITION_FINAL, 2, {}, START + 14 * DAY)
    assert fail(3) == [None, None, None]
    (waiting,) = take(START + 15 * DAY)
    assert waiting.row.key == "2"


def test_with_a_trial_nothing_begins_to_fail() -> None:
    row = endpoint()
    webhook_event.ping(row, START)
    assert fail(1) == [None]
    db.session.refresh(row)
    assert row.failing_since is None


def test_a_trial_that_nobody_will_ever_take_turns_it_off() -> None:
    webhook_event.ping(endpoint(), START)
    assert fail(1, Attempt(410)) == [Off.GONE]


def test_who_is_gone_after_days_of_failing_is_gone() -> None:
    endpoint()
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    fail(10)
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START + PATIENCE)
    fail(7)
    assert fail(1, Attempt(410)) == [Off.GONE]


def test_an_address_is_of_one() -> None:
    row = endpoint()
    with pytest.raises(Known) as there:
        webhook.add("Wand", row.secret_url, webhook.CHOOSABLE, START)
    assert there.value.endpoint is row
    webhook.remove(row, START)
    assert endpoint().id != row.id


def test_another_one_by_the_same_number_is_none_of_its_business() -> None:
    row = endpoint()
    row.made_at = START + DAY
    db.session.flush()
    db.session.expunge(row)
    row.made_at = START
    assert webhook.gone(row, START) is None
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
    webhook_event.ping(row, START + 5 * DAY)
    for each in (*rows()[:3], rows()[4]):
        each.state = "failed"
    db.session.flush()
    assert webhook_log.replay_failed(row, START + DAY, START + 9 * DAY) == 2
    assert [each.state for each in rows()] == ["failed", "pending", "pending", "pending", "failed"]


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


def test_removed_it_hears_of_nothing_and_nothing_opens_it_any_more() -> None:
    one, other = endpoint(), endpoint(label="Wand")
    webhook_event.tell(Kind.FAN_BECAME, 1, {}, START)
    webhook.remove(one, START)
    webhook_event.tell(Kind.FAN_BECAME, 2, {}, START)
    assert [row.endpoint_id for row in rows() if row.key == "2"] == [other.id]
    assert (list(webhook.listed()), webhook.one(one.id), webhook.hold(one.id)) == ([other], None, None)
    assert [parcel.endpoint.id for parcel in take()] == [other.id]
    db.session.refresh(one)
    assert (one.label, one.secret_url, one.secret, one.old_secret) == ("", "", b"", None)
    assert webhook_secret.reseal(KEY, OTHER) == (1, 0)


def test_what_it_was_told_goes_in_portions_and_it_comes_last() -> None:
    one, other = endpoint(), endpoint(label="Wand")
    for number in range(5):
        webhook_event.tell(Kind.FAN_BECAME, number, {}, START)
    webhook.remove(one, START)
    gone = [webhook_log.forget_removed(START, 3), *[webhook_log.forget_removed(START + MINUTE, 3) for _ in range(3)]]
    assert gone == [0, 3, 3, 0]
    assert {row.endpoint_id for row in rows()} == {other.id}
    assert list(db.session.scalars(select(WebhookEndpoint.id))) == [other.id]


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


def test_of_several_new_ones_in_a_day_the_one_that_is_in_use_goes_on() -> None:
    row = endpoint()
    (first,) = webhook_secret.signing(row, KEY, START)
    webhook_secret.renew(row, KEY, START)
    webhook_secret.renew(row, KEY, START + HOUR)
    newest, beside = webhook_secret.signing(row, KEY, START + DAY + MINUTE)
    assert beside == first
    webhook_secret.renew(row, KEY, START + 2 * DAY)
    assert webhook_secret.signing(row, KEY, START + 2 * DAY)[1:] == [newest]


def test_a_new_one_signs_though_the_one_before_cannot_be_read() -> None:
    row = endpoint()
    webhook_secret.renew(row, OTHER, START)
    assert len(webhook_secret.signing(row, OTHER, START)) == 1


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
