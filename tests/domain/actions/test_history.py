"""Whatever is logged, received and undone in whatever order: the running row is what the history says."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.actions import action, history
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in
from app.domain.candidates import contact_state
from app.domain.candidates.contact_state import HISTORY
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.domain.actions.test_action import NOW, Desk

OUTCOMES = st.sampled_from([*Outcome, "touchpoint"])
STEPS = st.lists(st.tuples(OUTCOMES, st.integers(0, 150), st.booleans()), min_size=1, max_size=7)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def carry_out(desk: Desk, steps: list[tuple[str, int, bool]]) -> int:
    """Each step happened some hours ago; some are undone. Returns the candidate's id."""
    candidate = make.candidate(owner=desk.people.sanne)
    for number, (what, hours, undone) in enumerate(steps):
        at = NOW - timedelta(hours=hours)
        if what == "touchpoint":
            take_in(Hit(candidate.id, "inbound_reply", at, "test", f"{candidate.id}-{number}"), NOW)
            continue
        kind = "status_update" if what == Outcome.DONE else None
        due = at + timedelta(days=1) if what == Outcome.LATER else None
        logged = desk.log(Outcome(what), of=candidate, at=at, now=NOW, kind=kind, promise_at=due)
        if undone:
            action.undo(desk.people.sanne, logged.action_id, NOW)
    return candidate.id


def row(candidate_id: int) -> dict[str, object]:
    state = contact_state.hold(candidate_id)
    return {name: getattr(state, name) for name in (*HISTORY, "do_not_contact_at")}


@settings(max_examples=25)
@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_of_recording_is_what_the_history_says(
    desk: Desk, steps: list[tuple[str, int, bool]], random: Random
) -> None:
    shuffled = list(steps)
    random.shuffle(shuffled)
    one, other = carry_out(desk, steps), carry_out(desk, shuffled)
    assert row(one) == row(other)
    before = row(one)
    history.rebuild(one)
    assert row(one) == before


def test_differences_are_named(desk: Desk) -> None:
    desk.log()
    assert history.differences(desk.candidate.id) == []
    desk.state().attempts = 7
    db.session.flush()
    assert history.differences(desk.candidate.id) == ["attempts"]
