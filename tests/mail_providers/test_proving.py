"""What a provider signed is believed; whatever was changed, held back or made up is not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail_providers import mailgun, postmark, sendgrid
from app.mail_providers.sendgrid import SIGNATURE, TIMESTAMP
from app.mail_providers.told import AROUND, Posted, Refused
from tests.mail_providers.posting import (
    SECRET,
    SIGNING_KEY,
    of_mailgun,
    of_postmark,
    of_sendgrid,
    public_key,
)

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
OPEN = {"event": "open", "sg_event_id": "one", "timestamp": 1772532000}
SECOND = timedelta(seconds=1)
RECORDED_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6w"
    "EA3F+g=="
)
RECORDED = Posted(
    b'[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",'
    b'"sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",'
    b'"sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",'
    b'"smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
    {
        SIGNATURE: "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
        TIMESTAMP: "1600112502",
    },
    "",
)


def from_sendgrid(posted: Posted, now: datetime = NOW) -> object:
    return sendgrid.take(posted, public_key(), now)


def from_mailgun(posted: Posted, now: datetime = NOW) -> object:
    return mailgun.take(posted, SIGNING_KEY, now)


def refusal(take: Callable[[], object]) -> int:
    with pytest.raises(Refused) as refused:
        take()
    return refused.value.status


def test_what_sendgrid_itself_once_signed_is_believed() -> None:
    (told,) = sendgrid.take(RECORDED, RECORDED_KEY, datetime.fromtimestamp(1600112502, UTC))
    event = sendgrid.read(*told)
    assert (event.happening, event.address, event.mark) == ("bounced", "hello@world.com", "LRzXl_NHStOGhQ4kofSm_A")


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_what_is_signed_within_five_minutes_is_believed(seconds: int) -> None:
    at = NOW + seconds * SECOND
    assert from_sendgrid(of_sendgrid([OPEN], at)) == [("one", OPEN)]
    assert from_mailgun(of_mailgun({"event": "opened"}, at)) == [("t" * 50, {"event": "opened"})]


@given(st.integers(301, 10**9), st.booleans())
@settings(max_examples=30)
def test_what_is_signed_at_another_time_is_not(seconds: int, later: bool) -> None:
    at = NOW + timedelta(seconds=seconds if later else -seconds)
    assert refusal(lambda: from_sendgrid(of_sendgrid([OPEN], at))) == 401
    assert refusal(lambda: from_mailgun(of_mailgun({"event": "opened"}, at))) == 401
    assert timedelta(seconds=seconds) > AROUND


@pytest.fixture(scope="module")
def posted() -> Posted:
    """Signed once: every signature of ECDSA is another, of another length, and the examples need one to change."""
    return of_sendgrid([OPEN], NOW)


@given(data=st.data())
@settings(max_examples=30)
def test_one_changed_byte_is_enough(posted: Posted, data: st.DataObject) -> None:
    assert refusal(lambda: from_sendgrid(posted._replace(body=changed(data, posted.body)))) == 401
    for name, value in posted.headers.items():
        headers = {**posted.headers, name: changed(data, value.encode()).decode("latin-1")}
        assert refusal(partial(from_sendgrid, posted._replace(headers=headers))) == 401
    sent = of_mailgun({}, NOW).body
    at = data.draw(st.integers(sent.index(b'"timestamp"') + 13, sent.index(b'"event-data"') - 4))
    assert refusal(lambda: from_mailgun(Posted(at_place(data, sent, at), {}, ""))) in {400, 401}


def changed(data: st.DataObject, sent: bytes) -> bytes:
    return at_place(data, sent, data.draw(st.integers(0, len(sent) - 1)))


def at_place(data: st.DataObject, sent: bytes, at: int) -> bytes:
    other = data.draw(st.integers(33, 126).filter(lambda sign: sign != sent[at]))
    return sent[:at] + bytes([other]) + sent[at + 1 :]


def test_what_others_signed_is_not_believed() -> None:
    mine = of_sendgrid([OPEN], NOW)
    assert refusal(lambda: sendgrid.take(mine, RECORDED_KEY, NOW)) == 401
    assert refusal(lambda: sendgrid.take(mine, "geen sleutel", NOW)) == 401
    assert refusal(lambda: mailgun.take(of_mailgun({}, NOW), "another key", NOW)) == 401


@pytest.mark.parametrize("missing", [SIGNATURE, TIMESTAMP])
def test_without_a_header_it_is_nobodys(missing: str) -> None:
    posted = of_sendgrid([OPEN], NOW)
    headers = {name: value for name, value in posted.headers.items() if name != missing}
    assert refusal(lambda: from_sendgrid(posted._replace(headers=headers))) == 401


@pytest.mark.parametrize("body", [b"{}", b'{"signature": null}', b'{"signature": {"timestamp": 1, "token": {}}}'])
def test_nor_without_what_mailgun_signs(body: bytes) -> None:
    assert refusal(lambda: from_mailgun(Posted(body, {}, ""))) == 401


def test_postmark_has_a_secret_only() -> None:
    ((event_id, _),) = postmark.take(of_postmark({"RecordType": "Open"}), SECRET, NOW)
    assert len(event_id) == 64
    for password in ("", "fout", SECRET[:-1], "é"):
        assert refusal(partial(postmark.take, of_postmark({}, password), SECRET, NOW)) == 401


@pytest.mark.parametrize("body", [b"", b"no json", b"[1]", b"12", b'{"a":' * 300 + b"1" + b"}" * 300])
def test_what_is_no_event_is_refused(body: bytes) -> None:
    assert refusal(lambda: postmark.take(Posted(body, {}, SECRET), SECRET, NOW)) == 400


@pytest.mark.parametrize("said", [{"event": "open"}, [1], "text"])
def test_what_is_signed_and_no_event_is_refused_too(said: object) -> None:
    assert refusal(lambda: from_sendgrid(of_sendgrid(said, NOW))) == 400
    assert refusal(lambda: from_mailgun(of_mailgun([said], NOW))) == 400


def test_a_deeply_nested_event_is_refused() -> None:
    body = b'{"RecordType":"Open","deep":' + b'{"a":' * 260 + b"1" + b"}" * 261
    assert refusal(lambda: postmark.take(Posted(body, {}, SECRET), SECRET, NOW)) == 400


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers(-(2**60), 2**60)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["signature", "event-data", "timestamp", "token"]), inner)
    ),
)


@given(ANYTHING, st.binary(max_size=40))
@settings(max_examples=30)
def test_whatever_is_posted_is_believed_or_refused(said: object, raw: bytes) -> None:
    bodies = raw, orjson.dumps(said, option=orjson.OPT_NON_STR_KEYS, default=str)
    for body in bodies:
        for headers in ({}, {SIGNATURE: raw.decode("latin-1"), TIMESTAMP: "1772532000"}):
            posted = Posted(body, headers, "")
            assert refusal(partial(from_sendgrid, posted)) == 401
            assert refusal(partial(from_mailgun, posted)) in {400, 401}
            assert refusal(partial(postmark.take, posted, SECRET, NOW)) == 401


def test_a_mail_that_came_back_is_not_kept() -> None:
    bounce = {"RecordType": "Bounce", "Content": "Return-Path: <>"}
    ((_, kept),) = postmark.take(of_postmark(bounce), SECRET, NOW)
    assert kept == {"RecordType": "Bounce"}
