"""A system with a write key, and the events that it sends, for the tests of the intake."""

import base64
import uuid
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import Base, db
from app.domain.journey import intake_log, source
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from tests import make
from tests.people import make_people


class Sender:
    """A server with a write key, or a website with one that everybody may read."""

    def __init__(self, app: Flask, *, trusted: bool = True) -> None:
        self.client, self.app = app.test_client(), app
        with app.app_context():
            make_people()
            make.candidate("Bram", external_id="b-1")
            row, self.key = source.make("Website", None, clock.now(), trusted=trusted)
            self.source_id = row.id
            db.session.commit()

    def post(self, body: bytes, key: str | None = None, **headers: str) -> TestResponse:
        basic = base64.b64encode(f"{self.key if key is None else key}:".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", **headers}
        return self.client.post("/v1/batch", data=body, headers=headers)

    def send_one(self, kind: str, event: dict[str, Any], **headers: str) -> TestResponse:
        """An event by itself, with the key in the body, as browsers send it."""
        body = orjson.dumps({"writeKey": self.key, **event})
        return self.client.post(f"/v1/{kind}", data=body, headers={"Content-Type": "text/plain", **headers})

    def logged(self) -> list[tuple[str, str]]:
        """Event and fate of what the live log holds, newest first."""
        with self.app.app_context():
            return [(line.event, line.fate) for line in intake_log.latest(self.source_id)]

    def send(self, *events: object) -> dict[str, Any]:
        response = self.post(orjson.dumps({"batch": events}))
        assert response.status_code == 200, response.text
        return dict(response.get_json())

    def count(self, table: type[Base]) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(table)) or 0

    def reasons(self, *events: object) -> list[str]:
        return [each["reason"] for each in self.send(*events)["rejected"]]


def track(event: str = "Job Viewed", user: object = "b-1", **facts: object) -> dict[str, Any]:
    return {"type": "track", "messageId": uuid.uuid4().hex, "event": event, "userId": user, **facts}


def action(**properties: object) -> dict[str, Any]:
    said = {"recruiter": "sanne@voorbeeld.nl", "outcome": "spoke", **properties}
    return track("Engagement Action Logged", properties=said)


def identify(user: str | None, **traits: object) -> dict[str, Any]:
    return {"type": "identify", "messageId": uuid.uuid4().hex, "userId": user, "traits": {"consent": True, **traits}}


def newest(sender: Sender) -> Touchpoint:
    with sender.app.app_context():
        row = db.session.scalar(select(Touchpoint).order_by(Touchpoint.id.desc()).limit(1))
        assert row
        return row


def verdicts(sender: Sender) -> list[str]:
    """Of what waits, and of what was taken in."""
    with sender.app.app_context():
        return [*db.session.scalars(select(Visit.verdict)), *db.session.scalars(select(Touchpoint.verdict))]
