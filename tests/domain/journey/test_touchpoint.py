"""Touchpoints: each once, on the agency's day, never from the future."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.journey import touchpoint
from app.domain.journey.touchpoint import Touchpoint, record, record_many
from app.domain.journey.touchpoint_kind import CODES, KindRole, TouchpointKind, ensure, install_preset, known
from app.domain.journey.unknown_kind import codes_of, make_kind
from tests.domain.scoring.scene import NOW, hit, make_candidate

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def stored(id_: int | None) -> Touchpoint:
    found = db.session.get(Touchpoint, id_ or 0)
    assert found
    return found


def test_it_is_stored_with_its_local_day(candidate_id: int) -> None:
    row = stored(record(hit(candidate_id, "form", 0.6), NOW, ZONE).id)
    assert (row.kind, row.local_date.isoformat()) == ("form", "2026-03-03")
    assert (row.received_at, row.payload, row.reversed_at) == (NOW, None, None)


def test_the_same_event_is_stored_once(candidate_id: int) -> None:
    first = record(hit(candidate_id, "form", 0, "a"), NOW, ZONE)
    again = record(hit(candidate_id, "job_view", 1, "a"), NOW, ZONE)
    assert (first.id is None, again.id) == (False, None)


def test_twice_in_one_batch_is_once(candidate_id: int) -> None:
    hits = [hit(candidate_id, "form", day, "a") for day in (0, 1)]
    assert [each.id is None for each in record_many(hits, NOW, ZONE)] == [False, True]


def test_another_source_may_use_the_same_name(candidate_id: int) -> None:
    record(hit(candidate_id, "form", 0, "a"), NOW, ZONE)
    assert record(hit(candidate_id, "form", 0, "a")._replace(source="other"), NOW, ZONE).id


def test_nothing_is_nothing(session: None) -> None:
    assert record_many([], NOW, ZONE) == []


def test_the_answers_keep_the_order(candidate_id: int) -> None:
    hits = [hit(candidate_id, "form", day, name) for day, name in enumerate("cab")]
    assert [each.hit.external_id for each in record_many(hits, NOW, ZONE)] == ["c", "a", "b"]
    assert [stored(each.id).external_id for each in record_many(hits, NOW, ZONE) if each.id] == []


def test_the_future_is_stored_as_now(candidate_id: int) -> None:
    ahead = hit(candidate_id, "form", 0)._replace(occurred_at=NOW + timedelta(minutes=6), payload={"url": "/x"})
    row = stored(record(ahead, NOW, ZONE).id)
    assert row.occurred_at == NOW
    assert row.payload == {"url": "/x", "claimed_at": (NOW + timedelta(minutes=6)).isoformat()}


def test_clocks_may_differ_a_little(candidate_id: int) -> None:
    ahead = hit(candidate_id, "form", 0)._replace(occurred_at=NOW + timedelta(minutes=5))
    row = stored(record(ahead, NOW, ZONE).id)
    assert (row.occurred_at, row.payload) == (NOW + timedelta(minutes=5), None)


def test_a_reversal_is_once(candidate_id: int) -> None:
    id_ = record(hit(candidate_id, "form", 0), NOW, ZONE).id or 0
    assert touchpoint.take_back(id_, NOW)
    assert stored(id_).reversed_at == NOW
    assert touchpoint.take_back(id_, NOW) is None
    assert touchpoint.take_back(10**6, NOW) is None


def test_what_was_reversed_does_not_come_back(candidate_id: int) -> None:
    id_ = record(hit(candidate_id, "form", 0), NOW, ZONE).id or 0
    touchpoint.take_back(id_, NOW)
    assert record(hit(candidate_id, "form", 0), NOW, ZONE).id is None
    db.session.flush()
    assert touchpoint.history([candidate_id]) == []


def test_kinds_nobody_knows_are_kept_and_listed(session: None) -> None:
    assert ensure({"form", "Brochure", "A_PARTLY"})["Brochure"] is KindRole.OTHER
    assert sorted(codes_of()) == ["A_PARTLY", "Brochure"]


def test_the_preset_is_offered_before_the_first_signal(session: None) -> None:
    make_kind("Open dag", "A day", KindRole.OTHER)
    assert [kind.code for kind in known()][::12] == ["application_completed", "a_day"]
    assert db.session.scalars(select(TouchpointKind.code)).all() == ["a_day"]


def test_the_preset_is_known_in_its_order(session: None) -> None:
    install_preset()
    install_preset()
    assert {kind.code for kind in known()} == CODES
    assert [kind.code for kind in known()][:2] == ["application_completed", "form"]
    assert all(kind.label_nl and kind.label_en for kind in known())
