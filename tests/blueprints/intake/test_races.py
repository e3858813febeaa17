"""The same events sent at once by many come in once, and leave the score that a replay gives."""

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import orjson
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import source
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring.engagement import tau_as_of
from tests import make
from tests.torture.ground import PATIENCE

BUSY = 503
NOW = clock.now()
KINDS = ("Job Viewed", "Form Submitted", "Page Viewed")
EVENTS = [
    {
        "type": "track",
        "messageId": f"m-{number}",
        "event": KINDS[number % 3],
        "userId": f"c-{number % 7}",
        "timestamp": (NOW - timedelta(hours=number)).isoformat(),
    }
    for number in range(120)
]


def send(app: Flask, key: str, turn: int) -> dict[str, int]:
    """A portion of the events, another for every turn, so that all overlap and none is in the same order.

    Whoever is told that it is busy sends it again, as every sender does: nothing of it was taken in.
    """
    portion = (EVENTS[turn * 10 :] + EVENTS[: turn * 10])[:: 1 if turn % 2 else -1]
    basic = base64.b64encode(f"{key}:".encode()).decode()
    asked = {"data": orjson.dumps({"batch": portion}), "headers": {"Authorization": f"Basic {basic}"}}
    deadline = time.monotonic() + PATIENCE
    while (response := app.test_client().post("/v1/batch", **asked)).status_code == BUSY:
        assert time.monotonic() < deadline, "it stayed busy"
    assert response.status_code == 200, response.text
    return dict(response.get_json())


def test_many_senders_at_once(real_app: Flask) -> None:
    with real_app.app_context():
        make.agency()
        ids = [make.candidate(external_id=f"c-{number}").id for number in range(7)]
        _, key = source.make("Website", None, NOW)
        db.session.commit()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda turn: send(real_app, key, turn), range(8)))
    assert sum(answer["accepted"] for answer in answers) == len(EVENTS)
    assert sum(answer["duplicate"] for answer in answers) == 7 * len(EVENTS)
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Touchpoint)) == len(EVENTS)
        stored = dict(db.session.execute(select(ContactState.candidate_id, ContactState.tau)).all())
        replayed = tau_as_of(ids, NOW)
        assert all(abs((stored[each] or 0) - replayed[each]) < 0.01 for each in ids)
