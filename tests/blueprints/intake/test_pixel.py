"""GET /v1/pixel: an event in the address of a picture, which comes whatever is to be said of the event."""

import base64
from collections.abc import Mapping

import orjson
import pytest
from werkzeug.test import TestResponse

from app.db import Busy
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from tests.blueprints.intake import sender as senders
from tests.blueprints.intake.sender import Sender

VIEW = {"event": "Job Viewed", "anonymousId": "browser-1"}


def ask(sender: Sender, event: Mapping[str, object], name: str = "track", method: str = "GET") -> TestResponse:
    data = base64.b64encode(orjson.dumps({"writeKey": sender.key, **event})).decode()
    return sender.client.open(f"/v1/pixel/{name}", method=method, query_string={"data": data})


def is_a_picture(answer: TestResponse) -> bool:
    kept = answer.headers["Cache-Control"]
    return (answer.status_code, answer.mimetype, kept, answer.data[:3]) == (200, "image/gif", "no-store", b"GIF")


@pytest.mark.parametrize("name", ["track", "t", "page"])
def test_a_picture_tells_of_a_visit(website: Sender, name: str) -> None:
    assert is_a_picture(ask(website, VIEW, name))
    assert website.count(Visit) == 1


def test_the_same_picture_counts_once(website: Sender) -> None:
    for _ in range(2):
        ask(website, {**VIEW, "timestamp": "2026-03-02T09:00:00Z"})
    assert website.count(Visit) == 1


@pytest.mark.parametrize("data", ["", "%%%", "bm8", "e30=", base64.urlsafe_b64encode(b'{"writeKey": "no"}').decode()])
def test_the_picture_comes_anyhow(website: Sender, data: str) -> None:
    assert is_a_picture(website.client.get("/v1/pixel/track", query_string={"data": data}))
    assert website.count(Visit) == 0


def test_a_type_that_is_none_is_told_in_the_log(website: Sender) -> None:
    assert is_a_picture(ask(website, VIEW, "unknown"))
    assert website.logged() == [("Job Viewed", "unsupported_type")]


def test_a_server_s_key_is_nothing_for_an_address(sender: Sender) -> None:
    assert is_a_picture(ask(sender, {"event": "Job Viewed", "userId": "b-1"}))
    assert (sender.count(Touchpoint), sender.logged()) == (0, [("", "key_in_browser")])


def test_the_picture_comes_when_it_is_busy(website: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr("app.blueprints.intake.batch.take_in", busy)
    assert is_a_picture(ask(website, VIEW))


def test_whoever_only_asks_what_it_is_was_a_machine(website: Sender) -> None:
    ask(website, VIEW, method="HEAD")
    assert senders.verdicts(website) == ["machine"]
