"""POST /v1/track and its kin: an event by itself, under its whole name or its first letter."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from app.domain.journey.visitor import Visitor
from tests.blueprints.intake.sender import Sender, newest, track

VIEW = {"event": "Job Viewed", "userId": "b-1"}


@pytest.mark.parametrize("kind", ["track", "t", "page", "p", "screen", "s"])
def test_an_event_comes_in_by_itself(sender: Sender, kind: str) -> None:
    answer = sender.send_one(kind, {**VIEW, "messageId": "one"})
    assert (answer.status_code, answer.get_json()["accepted"], newest(sender).external_id) == (200, 1, "one")


def test_the_address_says_what_it_is(sender: Sender) -> None:
    sender.send_one("page", {**VIEW, "type": "track"})
    assert newest(sender).kind == "site_visit"


@pytest.mark.parametrize("kind", ["group", "g"])
def test_a_group_is_passed_over(sender: Sender, kind: str) -> None:
    assert sender.send_one(kind, {"userId": "b-1", "groupId": "x"}).get_json()["accepted"] == 1
    assert sender.logged() == [("", "passed")]


@pytest.mark.parametrize("kind", ["identify", "i"])
def test_whoever_is_introduced_comes_in(sender: Sender, kind: str) -> None:
    traits = {"name": "Aisha", "consent": "true"}
    sender.send_one(kind, {"userId": "a-1", "anonymousId": None, "context": {"traits": traits}})
    with sender.app.app_context():
        assert db.session.scalar(select(Candidate.name).where(Candidate.external_id == "a-1")) == "Aisha"


@pytest.mark.parametrize("kind", ["alias", "a"])
def test_an_alias_joins_a_browser(sender: Sender, kind: str) -> None:
    sender.send_one("track", {"event": "Job Viewed", "anonymousId": "browser-1"})
    assert (sender.count(Visit), sender.count(Touchpoint)) == (1, 0)
    sender.send_one(kind, {"userId": "b-1", "previousId": "browser-1"})
    assert (sender.count(Visit), sender.count(Touchpoint), sender.count(Visitor)) == (0, 1, 1)


def test_without_a_name_the_same_event_counts_once(sender: Sender) -> None:
    event = {**VIEW, "timestamp": "2026-03-02T09:00:00Z"}
    answers = [sender.send_one("track", {**event, "sentAt": f"2026-03-02T09:00:0{turn}Z"}) for turn in range(3)]
    assert [answer.get_json()["duplicate"] for answer in answers] == [0, 1, 1]
    assert sender.send_one("track", {**event, "timestamp": "2026-03-02T10:00:00Z"}).get_json()["accepted"] == 1


def test_what_is_nested_too_deep_is_refused(sender: Sender) -> None:
    body = b'{"writeKey": "%b", "properties": %b%b}' % (sender.key.encode(), b"[" * 254, b"]" * 254)
    answer = sender.client.post("/v1/track", data=body)
    assert [each["reason"] for each in answer.get_json()["rejected"]] == ["too_large"]


@pytest.mark.parametrize("body", [b"", b"[]", b"\x1f\x8b", b"{" + b" " * 600_000])
def test_what_is_no_event_is_a_problem(sender: Sender, body: bytes) -> None:
    answer = sender.client.post("/v1/track", data=body)
    assert (answer.status_code, answer.content_type) == (413 if len(body) > 9 else 400, "application/problem+json")


def test_without_a_key_nothing_opens(sender: Sender) -> None:
    assert sender.client.post("/v1/track", json=VIEW).status_code == 401


def test_there_is_nothing_else(sender: Sender) -> None:
    assert sender.client.post("/v1/everything", json=VIEW).status_code == 404


def test_what_came_is_logged_with_what_became_of_it(sender: Sender) -> None:
    sender.send(track(), track(user="nobody"), "text")
    assert sender.logged() == [("", "not_an_event"), ("Job Viewed", "unknown_candidate"), ("Job Viewed", "accepted")]
