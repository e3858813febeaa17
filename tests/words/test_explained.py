"""Tests for the words behind a total: why a row of the ledger is worth what it is."""

from dataclasses import dataclass

import pytest

from app.words import explained


@dataclass
class Standing:
    standard_days: int
    available_days: int
    head_start: int
    sort_key: int


@dataclass
class Row:
    kind: str
    points: int
    reason: str = "reply"


@pytest.mark.parametrize(("kind", "points", "said"), [("earn", 0, "gets the points"), ("bonus", 20, "replied to")])
def test_the_logging_of_a_reply_says_where_its_points_went(kind: str, points: int, said: str) -> None:
    assert said in explained.why(Row(kind, points), None)


def test_a_period_without_working_days_is_not_divided() -> None:
    standing = Standing(standard_days=1, available_days=1, head_start=0, sort_key=3000)
    assert "/" not in explained.formula(30, standing)
    assert "no days to weigh by" in explained.formula_explained(standing)


def test_days_that_do_not_count_are_told() -> None:
    standing = Standing(standard_days=5, available_days=2, head_start=5000, sort_key=24_500)
    assert explained.formula(90, standing, 30).startswith("(60 + 80")
    assert "the best 2 count" in explained.formula_explained(standing, 30)
