"""Whoever objects to a score has none, from that moment on and whatever they do; taking it back brings it all back."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions.response import take_in, take_in_many
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import engagement
from app.domain.scoring.engagement import explain, replay, score_of
from tests import make
from tests.domain.scoring.scene import NOW, hit, make_candidate

YESTERDAY = 1.0


@pytest.fixture
def warm(session: None) -> int:
    candidate_id = make_candidate()
    take_in(hit(candidate_id, "form", YESTERDAY, "1"), NOW)
    return candidate_id


def tau(candidate_id: int) -> float | None:
    return db.session.get_one(ContactState, candidate_id, populate_existing=True).tau


def objects(candidate_id: int, *, so: bool = True) -> None:
    contact_flags.objected(candidate_id, NOW if so else None)
    replay(candidate_id, NOW)


def test_the_score_is_gone_at_once(warm: int) -> None:
    objects(warm)
    assert (tau(warm), score_of(warm, NOW).value, explain(warm, NOW)) == (None, 0, [])


def test_what_they_do_later_counts_for_nothing(warm: int) -> None:
    objects(warm)
    take_in(hit(warm, "application_completed", YESTERDAY, "2"), NOW)
    assert (tau(warm), score_of(warm, NOW).tau) == (None, None)


def test_what_others_do_at_once_still_counts(warm: int) -> None:
    other = make.candidate().id
    objects(warm)
    take_in_many([hit(warm, "form", YESTERDAY, "2"), hit(other, "form", YESTERDAY, "3")], NOW)
    assert score_of(other, NOW).value > 0


def test_the_past_without_them_is_the_past_as_they_want_it(warm: int) -> None:
    moment = NOW + timedelta(days=1)
    assert warm in engagement.tau_as_of([warm], moment)
    objects(warm)
    assert engagement.tau_as_of([warm], moment) == {}


def test_taking_the_objection_back_counts_everything_anew(warm: int) -> None:
    before = tau(warm)
    objects(warm)
    objects(warm, so=False)
    assert tau(warm) == pytest.approx(before)
    assert len(explain(warm, NOW)) == 1
