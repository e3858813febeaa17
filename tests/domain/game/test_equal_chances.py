"""Twenty-four people of equal productivity who work two to five days a week, week after week."""

import pytest

from tests.bench.fairness import RULES, Score, chances, even

WEEKS = 1500
CLOSE = 0.06


def _distance(score: Score) -> float:
    wanted, found = even(), chances(score, weeks=WEEKS)
    return max(abs(found[days] - wanted[days]) for days in wanted)


def test_with_the_fair_score_they_win_as_often_as_each_other() -> None:
    assert _distance(RULES["fair"]) <= CLOSE


@pytest.mark.parametrize("rule", ["plain points", "points / days"])
def test_with_other_rules_they_do_not(rule: str) -> None:
    assert _distance(RULES[rule]) > CLOSE
