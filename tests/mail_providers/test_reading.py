"""What each provider's events mean to us: the same few things, told in three ways."""

from typing import Any

import pytest

from app.domain.actions.mail_event import Happening
from app.mail_providers import mailgun, postmark, sendgrid
from tests.mail_providers.posting import MARK

CLICKED = "https://voorbeeld.nl/vacature"
BASE = {"MessageID": "883953f4", "Metadata": {"fanfare-id": MARK}}
AT = "2026-03-03T10:00:00.1234567Z"
MESSAGE = {"headers": {"message-id": f"{MARK}@fanfare.example"}}


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"RecordType": "Open", "ReceivedAt": AT}, Happening.OPENED),
        ({"RecordType": "Click", "ReceivedAt": AT}, Happening.CLICKED),
        ({"RecordType": "Delivery", "DeliveredAt": AT}, Happening.NOTHING),
        ({"RecordType": "Bounce", "Type": "HardBounce", "BouncedAt": AT}, Happening.BOUNCED),
        ({"RecordType": "Bounce", "Type": "SoftBounce", "BouncedAt": AT}, Happening.NOTHING),
        ({"RecordType": "SpamComplaint", "BouncedAt": AT}, Happening.COMPLAINED),
        ({"RecordType": "SubscriptionChange", "ChangedAt": AT, "SuppressSending": False}, Happening.NOTHING),
        (
            {"RecordType": "SubscriptionChange", "ChangedAt": AT, "SuppressSending": True, "Origin": "Recipient"},
            Happening.UNSUBSCRIBED,
        ),
    ],
    ids=lambda each: str(each.get("Type", each["RecordType"])) if isinstance(each, dict) else str(each),
)
def test_postmark(said: dict[str, Any], means: Happening) -> None:
    event = postmark.read("one", BASE | said)
    assert (event.happening, event.mark, event.at.minute) == (means, MARK, 0)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"event": "open"}, Happening.OPENED),
        ({"event": "click"}, Happening.CLICKED),
        ({"event": "delivered"}, Happening.NOTHING),
        ({"event": "deferred"}, Happening.NOTHING),
        ({"event": "bounce", "type": "bounce"}, Happening.BOUNCED),
        ({"event": "bounce", "type": "blocked"}, Happening.NOTHING),
        ({"event": "dropped", "reason": "Bounced Address"}, Happening.BOUNCED),
        ({"event": "dropped", "reason": "Invalid SMTPAPI header"}, Happening.NOTHING),
        ({"event": "spamreport"}, Happening.COMPLAINED),
        ({"event": "group_unsubscribe"}, Happening.UNSUBSCRIBED),
        ({"event": {}}, Happening.NOTHING),
    ],
    ids=lambda each: "-".join(str(value) for value in each.values()) if isinstance(each, dict) else str(each),
)
def test_sendgrid(said: dict[str, Any], means: Happening) -> None:
    base = {"timestamp": 1772532000, "smtp-id": f"<{MARK}@fanfare.example>"}
    event = sendgrid.read("one", base | said)
    assert (event.happening, event.mark) == (means, MARK)
    assert sendgrid.read("one", base | {"fanfare_id": "e" * 40}).mark == "e" * 40


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"event": "opened"}, Happening.OPENED),
        ({"event": "clicked", "url": CLICKED}, Happening.CLICKED),
        ({"event": "delivered"}, Happening.NOTHING),
        ({"event": "failed", "severity": "temporary", "reason": "bounce"}, Happening.NOTHING),
        ({"event": "failed", "severity": "permanent", "reason": "bounce"}, Happening.BOUNCED),
        ({"event": "failed", "severity": "permanent", "reason": "old"}, Happening.NOTHING),
        ({"event": "failed", "severity": "permanent", "reason": "suppress-complaint"}, Happening.COMPLAINED),
        ({"event": "complained"}, Happening.COMPLAINED),
        ({"event": "unsubscribed"}, Happening.UNSUBSCRIBED),
    ],
    ids=lambda each: "-".join(str(value) for value in each.values()) if isinstance(each, dict) else str(each),
)
def test_mailgun(said: dict[str, Any], means: Happening) -> None:
    base = {"timestamp": 1772532000.5, "message": MESSAGE, "id": "own"}
    event = mailgun.read("token", base | said)
    assert (event.happening, event.mark, event.event_id) == (means, MARK, "own")
    assert mailgun.read("token", base | {"user-variables": {"fanfare-id": "e" * 40}}).mark == "e" * 40


def test_a_soft_bounce_is_not_the_address() -> None:
    said = {"event": "failed", "severity": "permanent", "reason": "bounce", "timestamp": 1}
    event = mailgun.read("token", said | {"delivery-status": {"bounce-type": "soft"}})
    assert event.happening == Happening.NOTHING


def test_no_sign_of_theirs_gets_into_our_tables() -> None:
    event = sendgrid.read("one", {"event": "bounce", "timestamp": 1, "reason": "nul\x00 and\r\nline", "email": 7})
    assert (event.reason, event.address) == ("nul  and  line", "")
