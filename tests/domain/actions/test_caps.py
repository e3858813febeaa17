"""No sequence of logs and undos, in turn or at once, earns beyond the caps; decided again it is the same."""

import random

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import db
from tests.torture.points import (
    HOURS,
    OUTCOMES,
    Step,
    beyond,
    carry_out,
    desk,
    differences,
    one_round,
    unguarded_round,
    without_the_row_lock,
)

WRITERS = 4
steps = st.one_of(st.just(Step(None)), st.builds(Step, st.sampled_from(OUTCOMES), st.sampled_from(HOURS)))


@given(turns=st.lists(st.tuples(st.integers(0, WRITERS - 1), st.lists(steps, min_size=1, max_size=4)), max_size=6))
@settings(max_examples=6)
def test_one_after_the_other(real_app: Flask, turns: list[tuple[int, list[Step]]]) -> None:
    where = desk(real_app, WRITERS)
    for who, planned in turns:
        carry_out(where, where.people[who], planned)
    assert beyond(real_app, where.candidate_id) == []
    assert differences(real_app, where.candidate_id) == []


@pytest.mark.parametrize("seed", range(4))
def test_all_at_once(real_app: Flask, seed: int) -> None:
    assert one_round(real_app, WRITERS, random.Random(seed), 5) == []


def test_control_without_the_row_lock_they_go_beyond(real_app: Flask) -> None:
    with real_app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite's one writer at a time is tested with the lock itself")
    desk(real_app, WRITERS)
    with without_the_row_lock(real_app, WRITERS):
        assert unguarded_round(real_app, WRITERS) != []
