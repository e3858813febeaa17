"""Contacts may be recorded in any order; the row is the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db import db
from app.domain.candidates import contact_flags, contact_state, hot_trigger
from app.domain.candidates.contact_state import HISTORY, ContactState
from tests import make

START = make.START
Contact = tuple[str, datetime, int | None]

MOMENTS = st.integers(0, 12).map(lambda hours: START + timedelta(hours=hours))
CONTACTS = st.lists(
    st.tuples(st.sampled_from(["tried", "answered", "told", "spoke", "heard"]), MOMENTS, st.sampled_from([None, 1, 2])),
    max_size=9,
)


def record(state: ContactState, contacts: Sequence[Contact]) -> dict[str, object]:
    for what, at, by_id in contacts:
        if what in ("tried", "answered"):
            contact_state.attempted(state, at, by_id, answered=what == "answered")
        elif what == "told":
            contact_state.told(state, at, by_id)
        elif what == "spoke":
            contact_state.spoke(state, at)
        else:
            contact_state.heard(state, at)
    return history(state)


def history(state: ContactState) -> dict[str, object]:
    return {name: getattr(state, name) for name in HISTORY}


def defined(contacts: list[Contact]) -> dict[str, object]:
    """The row by its definition, from all contacts at once."""
    tries = [(at, what == "answered", by_id or 0) for what, at, by_id in contacts if what in ("tried", "answered")]
    spoken = [at for what, at, _ in contacts if what in ("answered", "spoke")]
    heard = [at for what, at, _ in contacts if what == "heard"]
    since = max(spoken + heard, default=START - timedelta(days=1))
    open_ones = sorted((at for at, answered, _ in tries if not answered and at > since), reverse=True)[:3]
    told = [(at, False, by_id or 0) for what, at, by_id in contacts if what == "told"]
    newest = max(tries + told, default=(None, False, 0))
    values = (max(spoken, default=None), newest[0], newest[2] or None, newest[1], max(heard, default=None))
    padded = (*open_ones, None, None, None)[:3]
    counts = [sum(answered for _, answered, _ in tries), len(tries)]
    return dict(zip(HISTORY, (*values, *padded, counts[1], counts[0], {"": counts} if tries else None), strict=True))


@given(CONTACTS, st.randoms())
def test_any_order_gives_the_row_that_the_definition_says(contacts: list[Contact], random: Random) -> None:
    shuffled = list(contacts)
    random.shuffle(shuffled)
    assert record(ContactState(candidate_id=1), shuffled) == defined(contacts)


def test_a_fourth_attempt_pushes_the_oldest_out() -> None:
    state = ContactState(candidate_id=1)
    record(state, [("tried", START + timedelta(days=day), 1) for day in (3, 0, 2, 1)])
    assert contact_state.unanswered(state) == tuple(START + timedelta(days=day) for day in (3, 2, 1))


@pytest.fixture
def candidate_id(session: None) -> int:
    return make.candidate().id


@pytest.mark.parametrize("hour", range(-1, 6))
def test_the_statement_for_inbound_does_what_heard_does(candidate_id: int, hour: int) -> None:
    at = START + timedelta(hours=hour)
    contacts: list[Contact] = [("tried", START + timedelta(hours=1 + n), 1) for n in range(3)]
    contacts.append(("heard", START, None))
    record(contact_state.lock(candidate_id), [(what, when, None) for what, when, _ in contacts])
    db.session.flush()
    contact_state.inbound(candidate_id, at)
    everything = [(what, when, None) for what, when, _ in [*contacts, ("heard", at, None)]]
    expected = record(ContactState(candidate_id=1), everything)
    assert history(contact_state.lock(candidate_id)) == expected


def test_many_inbound_at_once(candidate_id: int) -> None:
    contact_state.inbound_many([(candidate_id, START + timedelta(hours=1)), (candidate_id, START)])
    contact_state.inbound_many([])
    assert contact_state.lock(candidate_id).last_inbound_at == START + timedelta(hours=1)


@pytest.mark.parametrize("turned", [False, True])
def test_only_the_newest_trigger_is_kept(candidate_id: int, turned: bool) -> None:
    triggers = [("form", START), ("visit", START), ("form", START - timedelta(hours=1))]
    for kind, at in reversed(triggers) if turned else triggers:
        hot_trigger.triggered(candidate_id, kind, at)
    state = contact_state.lock(candidate_id)
    assert (state.trigger, state.trigger_at) == ("visit", START)


def test_many_triggers_and_many_taus(candidate_id: int) -> None:
    hot_trigger.triggered_many([(candidate_id, "form", START)])
    contact_state.warmed_many([(candidate_id, 12.5)])
    hot_trigger.triggered_many([])
    contact_state.warmed_many([])
    state = contact_state.lock(candidate_id)
    assert (state.trigger, state.tau) == ("form", 12.5)


def test_single_facts_are_set_and_taken_back(candidate_id: int) -> None:
    contact_state.warmed(candidate_id, 7.0)
    contact_flags.paused(candidate_id, START)
    contact_flags.refused(candidate_id, START)
    state = contact_state.lock(candidate_id)
    assert (state.tau, state.paused_until, state.do_not_contact_at) == (7.0, START, START)
    contact_flags.paused(candidate_id, None)
    assert contact_state.lock(candidate_id).paused_until is None


@pytest.mark.parametrize("seed", range(12))
def test_the_database_knows_when_the_last_contact_was(session: None, seed: int) -> None:
    dice = Random(seed)
    candidate = make.candidate()
    state = db.session.get_one(ContactState, candidate.id)
    for name in ("last_two_way_at", "last_attempt_at", "last_inbound_at"):
        setattr(state, name, dice.choice([None, START + timedelta(hours=dice.randrange(3))]))
    db.session.commit()
    assert state.last_contact_at == state.contact_at
