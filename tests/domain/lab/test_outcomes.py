"""The agency's own outcomes: which contacts are judged, and what an answer to one is."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags
from app.domain.journey.touchpoint import Hit
from app.domain.lab import outcomes
from tests.domain.lab.past import DAY, make_past
from tests.domain.scoring.scene import NOW


@pytest.fixture
def past(session: None) -> list[int]:
    return make_past()


def answered() -> int:
    return sum(each.answered for each in outcomes.past(NOW).contacts)


def test_contacts_come_oldest_first_with_what_was_done_before_each(past: list[int]) -> None:
    found = outcomes.past(NOW).contacts
    assert len(found) == 360
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert all(hit.at < each.at.timestamp() for each in found for hit in each.hits)


def test_what_can_still_be_answered_is_not_judged(past: list[int]) -> None:
    assert len(outcomes.past(NOW - DAY * 2).contacts) == 300


def test_who_objected_is_left_out(past: list[int]) -> None:
    contact_flags.objected(past[0], NOW)
    assert len(outcomes.past(NOW).contacts) == 354


def test_what_was_undone_was_no_contact(past: list[int]) -> None:
    db.session.scalars(select(EngagementAction).limit(1)).one().undone_at = NOW
    db.session.flush()
    assert len(outcomes.past(NOW).contacts) == 359


def test_turning_to_us_within_a_week_is_an_answer(past: list[int]) -> None:
    before = answered()
    hits = [Hit(who, "inbound_reply", NOW - DAY * 2, "test", f"{who}-reply") for who in past]
    take_in_many(hits, NOW, silent=True)
    assert answered() > before
