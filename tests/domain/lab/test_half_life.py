"""A half-life from the agency's own past: proposed, judged on what is newest, and changing nothing."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags
from app.domain.journey.touchpoint import Hit
from app.domain.lab import half_life
from app.domain.lab.half_life import Proposal
from app.domain.scoring.rules import RulesetRow, live
from tests.domain.lab.past import DAY, make_past
from tests.domain.scoring.scene import NOW


@pytest.fixture
def past(session: None) -> list[int]:
    return make_past()


def test_where_only_the_last_days_tell_a_short_half_life_is_proposed(past: list[int]) -> None:
    proposal = half_life.propose(NOW)
    assert proposal.outcomes == 360
    assert proposal.found is not None
    assert proposal.found.days < 7
    assert proposal.is_better


def test_it_is_a_proposal(past: list[int]) -> None:
    half_life.propose(NOW)
    assert live().ruleset.half_life_days == 21
    assert db.session.scalars(select(RulesetRow.version)).all() == [1]


def test_what_can_still_be_answered_is_not_judged(past: list[int]) -> None:
    assert half_life.propose(NOW - DAY * 2).outcomes == 300


def test_too_little_is_said(session: None) -> None:
    make_past(30)
    proposal = half_life.propose(NOW)
    assert (proposal.outcomes, proposal.found, proposal.is_better) == (180, None, False)


def test_without_a_past_there_is_nothing(session: None) -> None:
    assert half_life.propose(NOW) == Proposal(0, 0)


def test_who_objected_is_left_out(past: list[int]) -> None:
    contact_flags.objected(past[0], NOW)
    assert half_life.propose(NOW).outcomes == 354


def test_what_was_undone_was_no_contact(past: list[int]) -> None:
    db.session.scalars(select(EngagementAction).limit(1)).one().undone_at = NOW
    db.session.flush()
    assert half_life.propose(NOW).outcomes == 359


def test_turning_to_us_within_a_week_is_an_answer(past: list[int]) -> None:
    before = half_life.propose(NOW).answered
    hits = [Hit(who, "inbound_reply", NOW - DAY * 2, "test", f"{who}-reply") for who in past]
    take_in_many(hits, NOW, silent=True)
    assert half_life.propose(NOW).answered > before
