"""Throw nearly valid and wholly broken requests at every door of the intake: `make fuzz-intake`.

Whatever is sent, the answer is no fault of ours: every status is below 500.
"""

import argparse
import base64
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from app import clock
from app.db import db
from app.domain.journey import source
from tests import make
from tests.conftest import make_app
from tests.people import make_people

SINGLES = ("track", "identify", "page", "screen", "group", "alias", "t", "i", "p", "s", "g", "a", "x")
TYPES = ("track", "track", "track", "identify", "page", "screen", "group", "alias", "delete", None)
LABELS = (
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "a/b;c=\xe9",
    "",
)
STRANGE: tuple[object, ...] = (
    None, True, False, 0, -1, 2**63, 2**64, 1e308, -0.0, "", " ", "\x00", "\ud800", "\u202e", "é" * 300, "😀" * 90,
    "x" * 33_000, "null", "b-1", "%s", "'; --", "../..", "2026-03-02", "2026-13-45T99:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z",
    [], {}, [[]], {"": ""}, {"a": {"b": [1, None]}}, [None] * 9,
)  # fmt: skip
RAW = (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"batch": [NaN]}', b'{"batch": "x"}', b'"\\ud800"', b"\x1f\x8b\x08")


def event(rng: random.Random) -> dict[str, Any]:
    """An event as it should be."""
    properties = {"job_id": rng.randrange(9), "url": "https://a.example/?x=1", "message_id": "m", "outcome": "spoke",
                  "recruiter": "sanne@voorbeeld.nl", "kind": "status_update", "promise_at": "2026-12-01"}  # fmt: skip
    names = ("Job Viewed", "Form Submitted", "Email Clicked", "Email Replied", "Page Seen", "Fanfare Test", "Unheard",
             "Engagement Action Logged", "Application Started", "Application Completed", "Survey Answered")  # fmt: skip
    return {
        "type": rng.choice(TYPES),
        "messageId": f"m-{rng.randrange(10_000)}",
        "event": rng.choice(names),
        "userId": rng.choice(("b-1", "b-2", "nobody", None)),
        "anonymousId": rng.choice(("v-1", "v-2", f"v-{rng.randrange(99)}", None)),
        "previousId": "v-1",
        "timestamp": f"2026-11-{rng.randrange(1, 29):02}T09:00:00Z",
        "properties": properties,
        "traits": {"email": f"{rng.randrange(50)}@example.com", "phone": "0612345678", "name": "B", "consent": True},
        "context": {"userAgent": "Mozilla/5.0", "traits": {"email": "x@example.com"}, "page": {"url": "/"}},
    }


def spoil(value: Any, rng: random.Random) -> Any:  # noqa: ANN401 - any JSON, and any JSON comes out
    """The same with something strange in it, or without something, somewhere."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(sorted(value))
        if rng.random() < 0.2:
            return {name: each for name, each in value.items() if name != key}
        return value | {key: spoil(value[key], rng)}
    return rng.choice(STRANGE)


def body(key: str, rng: random.Random, *, single: bool) -> bytes:
    """What is sent: now and then no JSON at all, or not all of it."""
    if rng.random() < 0.05:
        return rng.choice(RAW)
    events = [spoil(event(rng), rng) if rng.random() < 0.7 else event(rng) for _ in range(rng.choice((1, 1, 2, 5)))]
    said: Any = events[0] if single else {"batch": events, "sentAt": rng.choice((None, "2026-11-22T04:00:00Z"))}
    if isinstance(said, dict) and rng.random() < 0.9:
        said = {**said, "writeKey": key}
    packed = json.dumps(spoil(said, rng) if rng.random() < 0.1 else said).encode()
    if rng.random() < 0.2:
        packed = gzip.compress(packed, 1)
    if rng.random() < 0.1:
        at = rng.randrange(len(packed) + 1)
        packed = packed[:at] + rng.choice((b"", bytes((rng.randrange(256),)))) + packed[at + rng.randrange(4) :]
    return packed


def request(keys: tuple[str, ...], rng: random.Random) -> dict[str, Any]:
    """The arguments of one request."""
    key = rng.choice(keys)
    headers = {"User-Agent": rng.choice(("Mozilla/5.0 Chrome/130", "bingbot/2.0", "", "\xff" * 9))}
    if rng.random() < 0.3:
        basic = rng.choice((f"{key}:".encode(), key.encode(), b"\xff:", b""))
        headers["Authorization"] = rng.choice(("Basic ", "Basic", "Bearer ")) + base64.b64encode(basic).decode()
    headers |= rng.choice(({}, {}, {"Origin": "https://a.example"}, {"Content-Encoding": "gzip"}))
    single = rng.random() < 0.5
    if rng.random() < 0.2:
        data = base64.b64encode(body(key, rng, single=True)).decode()[: rng.choice((None, None, 99))]
        path, asked = f"/v1/pixel/{rng.choice(SINGLES)}", {"query_string": {"data": data}}
        return {"path": path, "method": rng.choice(("GET", "GET", "HEAD", "POST")), "headers": headers, **asked}
    path = f"/v1/{rng.choice(SINGLES)}" if single else rng.choice(("/v1/batch", "/v1/b"))
    method = rng.choice(("POST",) * 18 + ("OPTIONS", "PUT"))
    sent = {"data": body(key, rng, single=single), "content_type": rng.choice(LABELS)}
    return {"path": path, "method": method, "headers": headers, **sent}


def keys(app: Flask) -> tuple[str, ...]:
    """A key of each sort, and one that opens nothing."""
    with app.app_context():
        make_people()
        for number in (1, 2):
            make.candidate(f"Bram {number}", external_id=f"b-{number}")
        made = [source.make("Website", None, clock.now(), trusted=trusted)[1] for trusted in (True, False)]
        db.session.commit()
    return (*made, "wrong")


def attack(app: Flask, number: int, seed: int, found: Callable[[int, dict[str, Any]], object]) -> None:
    """Send so many requests, always the same ones for a seed; `found` is told of each with its status."""
    rng, client, known = random.Random(seed), app.test_client(), keys(app)
    for _ in range(number):
        asked = request(known, rng)
        found(client.open(**asked).status_code, asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=4)
    chosen = parser.parse_args()
    statuses: Counter[int] = Counter()
    faults: list[dict[str, Any]] = []

    def note(status: int, asked: dict[str, Any]) -> None:
        statuses[status] += 1
        faults.extend([asked] if status >= 500 else [])

    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        with app.app_context():
            upgrade()
        began = time.perf_counter()
        attack(app, chosen.requests, chosen.seed, note)
        took = time.perf_counter() - began
    print(f"{chosen.requests} requests in {took:.0f} s: {dict(sorted(statuses.items()))}")
    if faults:
        raise SystemExit(f"{len(faults)} faults of ours, the first: {faults[0]}")


if __name__ == "__main__":
    main()
