"""The way up: as many as it takes, by what still pays today."""

import pytest

from app.domain.actions.way_up import times_for
from app.domain.program.kind_rule import KindRule

TALK = KindRule(1, "conversation", "Gesprek", "Conversation", "conversation", two_way=True, points=30, version=1)


@pytest.mark.parametrize(
    ("points", "logged", "times"),
    [(30, 0, 1), (31, 0, 2), (60, 19, 3), (30, 40, None), (601, 20, None), (5000, 0, None)],
)
def test_times(points: int, logged: int, times: int | None) -> None:
    assert times_for(points, TALK, logged) == times
