"""POST /v1/batch: events come in once with all that follows from them, and nothing broken comes in at all."""

import gzip
import json
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.intake import wire
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.game.ledger import LedgerEntry
from app.domain.journey import source
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from tests import make
from tests.blueprints.intake.sender import Sender, action, identify, newest, track


def test_an_event_is_taken_in(sender: Sender) -> None:
    answer = sender.send(track(properties={"job_title": "Lasser", "secret": "x"}, timestamp="2026-03-02T09:00:00Z"))
    assert answer == {"success": True, "accepted": 1, "duplicate": 0, "rejected": []}
    row = newest(sender)
    assert (row.kind, row.occurred_at.isoformat()) == ("job_view", "2026-03-02T09:00:00+00:00")
    assert (row.payload, row.source) == ({"event": "Job Viewed", "job_title": "Lasser"}, f"source:{sender.source_id}")


def test_the_score_follows(sender: Sender) -> None:
    sender.send(track("Form Submitted"))
    with sender.app.app_context():
        state = db.session.scalar(select(ContactState))
        assert state
        assert state.tau
        assert (state.trigger, state.last_inbound_at is None) == ("form", False)


def test_the_same_event_counts_once(sender: Sender) -> None:
    event = track()
    sender.send(event)
    assert sender.send(event, event)["duplicate"] == 2
    assert sender.count(Touchpoint) == 1


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (track("Form Submitted"), "form"),
        (track("APPLICATION COMPLETED"), "application_completed"),
        (track("survey_answered"), "survey_answered"),
        (track("Brochure Downloaded"), "Brochure Downloaded"),
        ({**track(), "type": "page", "name": "Home"}, "site_visit"),
        ({**track(), "type": "screen"}, "site_visit"),
    ],
)
def test_events_become_kinds(sender: Sender, event: dict[str, Any], kind: str) -> None:
    assert sender.send(event)["accepted"] == 1
    assert newest(sender).kind == kind


def test_unknown_kinds_are_kept_and_listed(sender: Sender) -> None:
    sender.send(track("Brochure Downloaded"))
    with sender.app.app_context():
        kind = db.session.get(TouchpointKind, "Brochure Downloaded")
        assert kind
        assert not kind.known


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("text", "not_an_event"),
        ([], "not_an_event"),
        (track(note="x" * 33_000), "too_large"),
        ({**track(), "messageId": None}, "no_message_id"),
        ({**track(), "messageId": "x" * 101}, "no_message_id"),
        ({**track(), "messageId": "a\x00b"}, "no_message_id"),
        ({**track(), "type": "delete"}, "unsupported_type"),
        (track(event=""), "no_event_name"),
        (track(event="x" * 81), "no_event_name"),
        (track(timestamp="yesterday"), "bad_time"),
        (track(timestamp="0001-01-01T00:00:00+05:00"), "bad_time"),
        (track(timestamp=12), "bad_time"),
        (track(user="nobody"), "unknown_candidate"),
        (track(user=None), "no_candidate"),
        (track(user=True), "no_candidate"),
        (track(user={"id": 1}), "no_candidate"),
        (identify("new"), "no_traits"),
        (action(recruiter="nobody@voorbeeld.nl"), "unknown_recruiter"),
        (action(recruiter="gerrit@voorbeeld.nl"), "unknown_recruiter"),
        (action(outcome="danced"), "unknown_outcome"),
        (action(outcome=None), "unknown_outcome"),
        (action(outcome=None, kind="danced"), "unknown_kind"),
        (action(outcome="later"), "promise_date_needed"),
        ({**action(), "timestamp": "2020-01-01T00:00:00Z"}, "too_old"),
        ({**action(), "timestamp": "2096-01-01T00:00:00Z"}, "in_the_future"),
    ],
)
def test_what_cannot_be_taken_in_is_told(sender: Sender, event: object, reason: str) -> None:
    answer = sender.send(event, track())
    assert [each["reason"] for each in answer["rejected"]] == [reason]
    assert answer["rejected"][0]["detail"]
    assert (answer["accepted"], sender.count(Touchpoint), sender.count(EngagementAction)) == (1, 1, 0)


def test_a_naive_time_is_utc_and_no_time_is_now(sender: Sender) -> None:
    sender.send(track(timestamp="2026-03-02T09:00:00"))
    assert newest(sender).occurred_at.isoformat() == "2026-03-02T09:00:00+00:00"
    sender.send(track())
    assert clock.now() - newest(sender).occurred_at < timedelta(minutes=1)


def test_whoever_is_introduced_is_known_after(sender: Sender) -> None:
    traits = {"firstName": "Aisha", "lastName": "Yilmaz", "email": "Aisha@Example.com", "phone": "06 12345678"}
    answer = sender.send(identify("a-9", **traits), track(user="a-9"))
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    with sender.app.app_context():
        row = db.session.scalar(select(Candidate).where(Candidate.external_id == "a-9"))
        assert row
        assert (row.name, row.origin) == ("Aisha Yilmaz", "Website")
        found = db.session.scalars(select(Identity.address).where(Identity.candidate_id == row.id)).all()
        assert set(found) == {"aisha@example.com", "+31612345678"}


def test_who_is_known_is_not_changed(sender: Sender) -> None:
    assert sender.send(identify("b-1", name="Somebody else"), identify("b-1", name="Again"))["accepted"] == 2
    with sender.app.app_context():
        assert [row.name for row in db.session.scalars(select(Candidate))] == ["Bram"]


def test_an_address_names_a_candidate(sender: Sender) -> None:
    sender.send(identify(None, name="Aisha", email="aisha@example.com"))
    answer = sender.send({**track(user=None), "context": {"traits": {"email": "AISHA@example.com"}}})
    assert answer["accepted"] == 1
    assert sender.count(Candidate) == 2


@pytest.mark.parametrize("email", ["no address", "", 7, ["aisha@example.com"]])
def test_what_is_no_address_names_nobody(sender: Sender, email: object) -> None:
    assert sender.reasons(identify(None, email=email)) == ["no_traits"]


def test_a_shared_address_names_nobody(sender: Sender) -> None:
    for user in ("a", "c"):
        sender.send(identify(user, name=user))
    with sender.app.app_context():
        for row in db.session.scalars(select(Candidate).where(Candidate.external_id.in_(("a", "c")))):
            db.session.add(Identity(candidate_id=row.id, channel="email", address="x@example.com", added_at=make.START))  # type: ignore[arg-type] # stored as text
        db.session.commit()
    assert sender.reasons(identify(None, email="x@example.com")) == ["ambiguous_candidate"]


def test_a_recruiter_s_action_is_logged_once(sender: Sender) -> None:
    event = action(note="Wil graag nachtdienst")
    assert (sender.send(event)["accepted"], sender.send(event)["duplicate"]) == (1, 1)
    with sender.app.app_context():
        row = db.session.scalars(select(EngagementAction)).one()
        assert (row.source, row.external_id, row.note) == ("api", event["messageId"], "Wil graag nachtdienst")
        assert db.session.scalars(select(LedgerEntry.points).order_by(LedgerEntry.id)).all() == [30, 20]


def test_a_kind_without_an_outcome_is_logged(sender: Sender) -> None:
    assert sender.send(action(outcome=None, kind="status_update"))["accepted"] == 1


def test_a_message_id_of_another_action_is_refused(sender: Sender) -> None:
    event = action()
    other = {**action(outcome="no_answer"), "messageId": event["messageId"]}
    assert sender.reasons(event, other) == ["message_id_reused"]


def test_a_reply_rewards_the_message(sender: Sender) -> None:
    now = clock.now()
    said = {**action(outcome="message_sent"), "timestamp": (now - timedelta(hours=2)).isoformat()}
    sender.send(track("Reply Received", timestamp=now.isoformat()), said)
    with sender.app.app_context():
        rows = db.session.execute(select(LedgerEntry.kind, LedgerEntry.points).order_by(LedgerEntry.id)).all()
        assert [tuple(row) for row in rows] == [("earn", 10), ("bonus", 20)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"batch": 3}', 400),
        (b'{"batch": [NaN]}', 400),
        (b"\x1f\x8bnothing", 400),
        (gzip.compress(b'{"batch": []}', mtime=0)[:-4], 400),
        (gzip.compress(b" " * 5_000_000, mtime=0), 413),
        (b" " * (wire.MOST_BYTES + 1), 413),
        (json.dumps({"batch": [1] * 2_501}).encode(), 413),
    ],
)
def test_what_is_wholly_broken_is_a_problem(sender: Sender, body: bytes, status: int) -> None:
    response = sender.post(body)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert response.get_json()["title"]
    assert sender.count(Touchpoint) == 0


def test_a_zipped_batch_is_read_whatever_it_is_called(sender: Sender) -> None:
    body = gzip.compress(orjson.dumps({"batch": [track()]}))
    assert sender.post(body, **{"Content-Type": "application/x-www-form-urlencoded"}).get_json()["accepted"] == 1


def test_the_key_may_be_in_the_body(sender: Sender) -> None:
    body = orjson.dumps({"writeKey": sender.key, "batch": [track()]})
    assert sender.client.post("/v1/batch", data=body).get_json()["accepted"] == 1


@pytest.mark.parametrize("key", ["", "wrong", "é"])
def test_a_wrong_key_opens_nothing(sender: Sender, key: str) -> None:
    response = sender.post(orjson.dumps({"batch": [track()]}), key)
    assert (response.status_code, sender.count(Touchpoint)) == (401, 0)
    assert response.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("body", [b'{"batch": []}', b'{"batch": [], "writeKey": 7}'])
def test_without_a_key_nothing_opens(sender: Sender, body: bytes) -> None:
    assert sender.client.post("/v1/batch", data=body).status_code == 401


def test_a_revoked_key_opens_nothing(sender: Sender) -> None:
    with sender.app.app_context():
        source.revoke(sender.source_id, clock.now())
        db.session.commit()
    assert sender.post(b'{"batch": []}').status_code == 401


def test_the_problem_is_in_the_sender_s_language(sender: Sender) -> None:
    titles = {
        language: sender.post(b"{", **{"Accept-Language": language}).get_json()["title"] for language in ("nl", "en")
    }
    assert titles["nl"] != titles["en"]


def test_a_large_batch_is_taken_in_by_portions(sender: Sender) -> None:
    assert sender.send(*(track() for _ in range(1_100)))["accepted"] == 1_100
    assert sender.count(Touchpoint) == 1_100


@pytest.mark.parametrize("depth", [254, 1000])
def test_an_event_that_is_nested_too_deep_is_refused_alone(sender: Sender, depth: int) -> None:
    deep = b'{"messageId": "deep", "properties": %b%b}' % (b"[" * depth, b"]" * depth)
    answer = sender.post(b'{"batch": [%b, %b]}' % (deep, orjson.dumps(track())))
    assert (answer.status_code, answer.get_json()["accepted"]) == (200, 1)
    assert [(each["messageId"], each["reason"]) for each in answer.get_json()["rejected"]] == [("deep", "too_large")]
