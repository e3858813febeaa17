"""Tests for the words behind a total: why a row of the ledger is worth what it is."""

from dataclasses import dataclass

import pytest

from app.words import explained


@dataclass
class Row:
    kind: str
    points: int
    reason: str = "reply"


@pytest.mark.parametrize(("kind", "points", "said"), [("earn", 0, "gets the points"), ("bonus", 20, "replied to")])
def test_the_logging_of_a_reply_says_where_its_points_went(kind: str, points: int, said: str) -> None:
    assert said in explained.why(Row(kind, points), None)
