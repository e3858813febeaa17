"""Throw properly signed nonsense, and nonsense that is not, at the doors of the vendors: `make fuzz-hooks`.

Whatever is sent, the answer is no fault of ours, and the job settles or puts aside all that was kept. The control
plants a fault at one door, which has to be found.
"""

import random
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from flask import Flask
from flask import request as incoming

from app import clock
from app.db import db
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.crm_id import Crm
from app.domain.notices import provider_event
from jobs import provider_events
from tests import make
from tests.people import make_people
from tests.torture.ground import chosen, conclude, ground
from tests.torture.intake import RAW, spoil
from tests.vendors.posting import (
    KEYS,
    VERIFY,
    Sent,
    change,
    message,
    of_hubspot,
    of_twilio,
    of_whatsapp,
    sms,
    status,
    value,
)

PROPERTIES = ("recent_conversion_date", "hs_email_optout", "hs_email_last_open_date", "lifecyclestage", "unheard", "")
KINDS = ("contact.propertyChange", "contact.merge", "contact.privacyDeletion", "object.merge", "contact.creation", "x")
WORDS = ("Hoi", "Stop", "Start", "\u202e", "\x00", "é" * 300, "")
FORM = ("OptOutType", "From", "To", "Body", "MessageStatus", "ErrorCode", "MessageSid", "\x00")
SETTLED_AFTER = 200


def _hubspot(rng: random.Random) -> Sent:
    now = clock.now()
    said = [
        change(
            rng.choice(PROPERTIES),
            rng.choice(("1772528400000", "true", "", "x")),
            at=now,
            number=rng.choice((501, 502, 2**53)),
            subscriptionType=rng.choice(KINDS),
            primaryObjectId=501,
            mergedObjectIds=[502, rng.randrange(9)],
        )
        for _ in range(rng.choice((1, 1, 3)))
    ]
    return of_hubspot([_spoilt(each, rng) for each in said] if rng.random() < 0.9 else _spoilt(said, rng), now)


def _whatsapp(rng: random.Random) -> Sent:
    if rng.random() < 0.05:
        return of_whatsapp(rng.choice(RAW))
    number, user = rng.choice(("31612345678", "", "1")), rng.choice(("NL.1029384756", "", "x"))
    said = rng.choice(
        (
            message(rng.choice(WORDS), at=clock.now(), number=number, user=user, name=f"w{rng.randrange(999)}"),
            status(rng.choice(("read", "failed", "sent")), at=clock.now(), name=f"w{rng.randrange(999)}", code=131026),
            value("user_preferences", user_preferences=[{"wa_id": number, "value": "stop", "timestamp": 1772528400}]),
        )
    )
    return of_whatsapp(_spoilt(said, rng))


def _twilio(rng: random.Random) -> Sent:
    fields = sms(rng.choice(WORDS), name=f"SM{rng.randrange(999)}")
    for name in rng.sample(FORM, 2):
        fields[name] = rng.choice((*WORDS, "STOP", "read", "failed", "30005", "whatsapp:+31612345678", "+31612345678"))
    return of_twilio(fields)


def _spoilt(said: Any, rng: random.Random) -> Any:  # noqa: ANN401 - any JSON, and any JSON comes out
    """Now and then with something strange in it, as far as JSON can say that."""
    spoilt = spoil(said, rng) if rng.random() < 0.7 else said
    try:
        orjson.dumps(spoilt)
    except orjson.JSONEncodeError:  # numbers and letters that no vendor could send either
        return said
    return spoilt


SENT: tuple[Callable[[random.Random], Sent], ...] = (_hubspot, _whatsapp, _twilio)


def request(rng: random.Random) -> dict[str, Any]:
    """The arguments of one request; now and then its bytes are cut or its headers are strange."""
    if rng.random() < 0.03:
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": rng.choice(WORDS)}
        return {"path": "/hooks/whatsapp", "method": "GET", "query_string": asked}
    sent = rng.choice(SENT)(rng)
    body, headers = sent.body, list(sent.headers)
    if rng.random() < 0.1:
        at = rng.randrange(len(body) + 1)
        body = body[:at] + rng.choice((b"", b"\xff", b"\x00")) + body[at + rng.randrange(4) :]
    if rng.random() < 0.1:
        headers = [(name, rng.choice(("", "\xff" * 9, "x" * 9_000, text))) for name, text in headers]
    path = f"/hooks/{rng.choice((sent.vendor,) * 9 + ('mail', 'x', 'hubspot'))}"
    return {"path": path, "method": "POST", "data": body, "headers": headers, "content_type": sent.label}


def ready(app: Flask) -> None:
    """Candidates of whom some of it is told, and the secrets."""
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=KEYS)
    with app.app_context():
        make_people()
        row = make.candidate("Aisha El Amrani")
        identity.add(row, Channel.PHONE, "0612345678", clock.now())
        crm_id.give(row.id, Crm.HUBSPOT, "501", origin="page", now=clock.now())
        db.session.commit()


def attack(app: Flask, number: int, seed: int, found: Callable[[int, dict[str, Any]], object]) -> int:
    """Send so many requests, always the same ones for a seed, and settle; answers how many events were settled."""
    rng, client, settled = random.Random(seed), app.test_client(), 0
    ready(app)
    for sent in range(1, number + 1):
        asked = request(rng)
        found(client.open(**asked).status_code, asked)
        if sent % SETTLED_AFTER == 0 or sent == number:
            with app.app_context():
                settled += provider_events.settle_due("fuzz", clock.now())
                assert not provider_event.due_providers()
                db.session.rollback()
    return settled


def main() -> None:
    options = chosen(__doc__, requests=10_000, seed=4)
    statuses: Counter[int] = Counter()
    different: set[int] = set()
    faults: list[str] = []

    def note(status: int, asked: dict[str, Any]) -> None:
        statuses[status] += 1
        different.add(hash(repr(asked)))
        faults.extend([f"{status}: {asked}"] if status >= 500 else [])

    with ground(options.engine) as at:
        if options.control:
            plant(at.app)
        settled = attack(at.app, options.requests, options.seed, note)
    sent = f"{len(different)} different requests, {settled} events settled"
    told = f"{options.engine}: {sent}, {dict(sorted(statuses.items()))}"
    conclude(statuses.total(), faults, control=options.control, told=told)


def plant(app: Flask) -> None:
    """A door that forgets that a vendor may tell of several things at once."""
    view = app.view_functions["hooks.take_in_of_vendor"]

    @wraps(view)  # the doors are exempt from what forms need by their names
    def careless(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the view
        told = incoming.get_json(silent=True)
        if isinstance(told, list) and len(told) > 1:
            raise IndexError(1)
        return view(*given, **named)

    app.view_functions["hooks.take_in_of_vendor"] = careless


if __name__ == "__main__":
    main()
