"""What somebody may do with a request of a vendor's before it comes in; each must find a closed door."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import orjson

from app.vendors import hubspot, twilio, whatsapp
from tests.vendors.posting import FORM, SECRET, Sent, change, message, of_hubspot, of_twilio, of_whatsapp, sms

NOW = datetime.fromisoformat("2026-03-03T10:00:00+00:00")
OTHER = "een-geheim-van-iemand-anders"
AROUND = timedelta(seconds=301)
CHANGES = [change("recent_conversion_date", str(int(NOW.timestamp() * 1000)), at=NOW)]
WORDS = message("Ik kom graag langs", at=NOW)
TEXT = sms("Ik kom graag langs")
Variant = Callable[[Sent], Sent]
SIGNATURES = {"hubspot": hubspot.SIGNATURE, "whatsapp": whatsapp.SIGNATURE, "twilio": twilio.SIGNATURE}
GOOD = {
    "hubspot": of_hubspot(CHANGES, NOW),
    "whatsapp": of_whatsapp(WORDS),
    "twilio": of_twilio(TEXT),
}


def signed(sent: Sent, change_: Callable[[str], str | None]) -> Sent:
    name = SIGNATURES[sent.vendor]
    return sent.saying(name, change_(sent.header(name)))


def twice(sent: Sent) -> Sent:
    """A good signature, and another one beside it."""
    return sent._replace(headers=(*sent.headers, (SIGNATURES[sent.vendor], "x" * 44)))


def other_case(text: str) -> str:
    return text.swapcase()


EVERYWHERE: Mapping[str, Variant] = {
    "unsigned": lambda sent: signed(sent, lambda _: None),
    "empty": lambda sent: signed(sent, lambda _: ""),
    "truncated": lambda sent: signed(sent, lambda told: told[:-1]),
    "longer": lambda sent: signed(sent, lambda told: f"{told}="),
    "other case": lambda sent: signed(sent, other_case),
    "not ASCII": lambda sent: signed(sent, lambda _: "é\u00ff" * 22),
    "of another": lambda sent: signed(sent, lambda told: told[:9] + ("A" if told[9] != "A" else "B") + told[10:]),
    "two signatures": twice,
    "other body": lambda sent: sent._replace(body=sent.body.replace(b"2", b"3")),
    "no body": lambda sent: sent._replace(body=b""),
    "bytes that are no text": lambda sent: sent._replace(body=sent.body + b"\xff\xfe"),
    "with a query": lambda sent: sent._replace(query="secret=x"),
    "other method": lambda sent: sent._replace(method="PUT"),
    "of another vendor": lambda sent: sent._replace(
        vendor={"hubspot": "whatsapp", "whatsapp": "twilio", "twilio": "hubspot"}[sent.vendor]
    ),
    "unknown vendor": lambda sent: sent._replace(vendor="salesforce"),
    "too large": lambda sent: sent._replace(body=sent.body + b" " * (3 * 1024 * 1024 + 2048)),
}
OWN: Mapping[str, Mapping[str, Sent]] = {
    "hubspot": {
        "wrong secret": of_hubspot(CHANGES, NOW, OTHER),
        "old": of_hubspot(CHANGES, NOW - AROUND),
        "of the future": of_hubspot(CHANGES, NOW + AROUND),
        "no time": GOOD["hubspot"].saying(hubspot.TIMESTAMP, None),
        "a time that is no number": GOOD["hubspot"].saying(hubspot.TIMESTAMP, "nu"),
        "a time in other digits": GOOD["hubspot"].saying(hubspot.TIMESTAMP, "١٧٧٢٥٣٢٠٠٠٠٠٠".encode().decode("latin-1")),
        "another time": GOOD["hubspot"].saying(hubspot.TIMESTAMP, str(int(NOW.timestamp() * 1000) + 1)),
        "a time of a thousand digits": GOOD["hubspot"].saying(hubspot.TIMESTAMP, "1" * 1_000),
        "signed for another address": of_hubspot(CHANGES, NOW, url="https://kwaad.example/hooks/hubspot"),
        "an object": of_hubspot({"objectId": 1}, NOW),
        "a list of numbers": of_hubspot([1, 2], NOW),
        "too many": of_hubspot([{}] * (hubspot.MOST_EVENTS + 1), NOW),
        "the body of another": GOOD["hubspot"]._replace(body=GOOD["whatsapp"].body),
    },
    "whatsapp": {
        "wrong secret": of_whatsapp(WORDS, OTHER),
        "no prefix": GOOD["whatsapp"].saying(whatsapp.SIGNATURE, GOOD["whatsapp"].header(whatsapp.SIGNATURE)[7:]),
        "another prefix": GOOD["whatsapp"].saying(
            whatsapp.SIGNATURE, GOOD["whatsapp"].header(whatsapp.SIGNATURE).replace("sha256", "sha1")
        ),
        "prefix alone": GOOD["whatsapp"].saying(whatsapp.SIGNATURE, "sha256="),
        "no JSON": of_whatsapp(b"{"),
        "nothing": of_whatsapp(b""),
        "half a letter": of_whatsapp(b'{"object": "\xc3"}'),
        "a list": of_whatsapp([]),
        "of a page": of_whatsapp({"object": "page", "entry": []}),
        "without entries": of_whatsapp({"object": "whatsapp_business_account", "entry": "x"}),
        "the body of another": GOOD["whatsapp"]._replace(body=GOOD["hubspot"].body),
    },
    "twilio": {
        "wrong secret": of_twilio(TEXT, OTHER),
        "signed for another address": of_twilio(TEXT, url="https://kwaad.example/hooks/twilio"),
        "signed for another path": of_twilio(TEXT, url="http://127.0.0.1:8000/hooks/mail"),
        "a field more": GOOD["twilio"]._replace(body=GOOD["twilio"].body + b"&OptOutType=STOP"),
        "a field less": GOOD["twilio"]._replace(body=GOOD["twilio"].body.replace(b"NumMedia=0&", b"")),
        "a field twice": GOOD["twilio"]._replace(body=b"From=%2B31687654321&" + GOOD["twilio"].body),
        "no message": of_twilio({"From": "+31612345678"}),
        "fields of JSON": GOOD["twilio"]._replace(body=orjson.dumps(TEXT)),
        "too many fields": of_twilio({f"x{number}": "y" for number in range(201)} | TEXT),
        "half a letter": GOOD["twilio"]._replace(body=b"Body=%C3&MessageSid=SM1"),
        "the body of another": GOOD["twilio"]._replace(body=GOOD["whatsapp"].body, label=FORM),
    },
}


def variants(vendor: str) -> dict[str, Sent]:
    """Every one of them; the secret is told in none."""
    found = {name: spoil(GOOD[vendor]) for name, spoil in EVERYWHERE.items()} | dict(OWN[vendor])
    assert all(SECRET not in value for sent in found.values() for _, value in sent.headers)
    return found
