"""Access: what is known of a candidate, of one person and of nobody else, quickly."""

import time
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import insert

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.custody import access
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.domain.journey.touchpoint_kind import ensure
from app.domain.notices import outbox
from tests import make

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


@pytest.fixture
def jan() -> Candidate:
    make.agency()
    make.program()
    row = make.candidate("Jan Bos", external_id="7")
    identity.add(row, Channel.PHONE, "0612345678", NOW, "page")
    return row


def known(candidate_id: int) -> dict[str, list[dict[str, object]]]:
    return {section.table: list(section.facts()) for section in access.facts_of(candidate_id)}


def plan(recipient: str) -> None:
    facts = {"kind": "candidate_link", "recipient": recipient, "period": recipient, "payload": {"secret": "x"}}
    outbox.plan(**facts, due_at=NOW, not_after=NOW, now=NOW, host="x")  # type: ignore[arg-type] # one dict of facts


def test_what_is_known_stands_in_sections(jan: Candidate) -> None:
    found = known(jan.id)
    assert found["candidate"][0]["name"] == "Jan Bos"
    assert [row["address"] for row in found["identity"]] == ["+31612345678"]
    assert "promise" not in found


def test_nothing_of_somebody_else(jan: Candidate) -> None:
    other = make.candidate("Els Vos")
    other.referred_by_id = jan.id
    identity.add(other, Channel.EMAIL, "els@b.nl", NOW)
    assert "Els" not in str(known(jan.id))
    assert "els@b.nl" not in str(known(jan.id))


def test_whoever_was_merged_is_the_same_person(jan: Candidate) -> None:
    first, second = make.candidate("J. Bos"), make.candidate("Jan van den Bos")
    first.merged_into_id, second.merged_into_id = jan.id, first.id
    db.session.flush()
    assert [row["name"] for row in known(jan.id)["candidate"]] == ["Jan Bos", "J. Bos", "Jan van den Bos"]


def test_mails_are_told_without_their_secrets(jan: Candidate) -> None:
    plan(f"candidate:{jan.id}")
    plan(f"candidate:{jan.id}0")
    plan(f"person:{jan.id}")
    assert [row["kind"] for row in known(jan.id)["outbox"]] == ["candidate_link"]
    assert "secret" not in str(known(jan.id))


def test_nobody_is_known() -> None:
    assert access.facts_of(99) == []


def test_the_file_tells_what_the_score_is_made_of(jan: Candidate) -> None:
    assert orjson.loads(access.as_json(jan.id, NOW))["score"] is None
    take_in_many([Hit(jan.id, "form", NOW, "test", "1"), Hit(jan.id, "site_visit", NOW, "test", "2")], NOW)
    told = orjson.loads(access.as_json(jan.id, NOW))
    assert told["agency"] == "Uitzendbureau Voorbeeld"
    assert {each["kind"] for each in told["score"]["signals"]} == {"form", "site_visit"}
    assert 0 < told["score"]["of_100"] < 100


def test_five_thousand_events_take_no_five_seconds(jan: Candidate) -> None:
    ensure({"site_visit"})
    rows = [
        {"candidate_id": jan.id, "kind": "site_visit", "occurred_at": at, "received_at": at, "local_date": at.date()}
        | {"source": "test", "external_id": str(number), "verdict": "human"}
        for number, at in enumerate(NOW - timedelta(hours=hours) for hours in range(5_000))
    ]
    db.session.execute(insert(Touchpoint), rows)
    began = time.perf_counter()
    told = orjson.loads(access.as_json(jan.id, NOW))
    assert len(told["known"]["touchpoint"]) == 5_000
    assert time.perf_counter() - began < 5
