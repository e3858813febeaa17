"""Uplift: Welch's interval against worked examples, and what says nothing."""

import random

import pytest

from app.domain.oversight.uplift import Uplift, uplift


def test_an_example_that_was_worked_by_hand() -> None:
    """Means 15 and 10, variances 2.5 and 1: 5 +- 2.571 * sqrt(0.5 + 0.333), with 5 degrees of freedom."""
    found = uplift([13, 14, 15, 16, 17], [9, 10, 11])
    assert found
    assert (found.with_it, found.without, found.percent) == (15, 10, 50)
    assert found.low == pytest.approx(50 - 2.571 * 0.9129 * 10, abs=0.1)
    assert found.high == pytest.approx(50 + 2.571 * 0.9129 * 10, abs=0.1)
    assert found.is_clear


def test_a_published_example() -> None:
    """Student's hours of extra sleep (Biometrika 6, 1908) as the manual of R has them under `t.test`.

    Means 2.33 and 0.75, the difference from -0.2055 to 3.3655 at 17.776 degrees of freedom. Ours are rounded down to
    17, so the interval is as wide at least, and wider by less than a hundredth.
    """
    found = uplift(
        [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    )
    assert found
    assert found.low is not None
    assert found.high is not None
    assert (found.with_it, found.without) == pytest.approx((2.33, 0.75))
    low, high = (each * 0.75 / 100 for each in (found.low, found.high))
    assert (low, high) == pytest.approx((-0.2055, 3.3655), abs=0.01)
    assert low <= -0.2054
    assert high >= 3.3654
    assert not found.is_clear


@pytest.mark.parametrize(("with_it", "without"), [([1] * 3, [1] * 3), ([1] * 4, [1] * 2), ([], [])])
def test_few_weeks_say_nothing(with_it: list[float], without: list[float]) -> None:
    assert uplift(with_it, without) is None


def test_beside_nothing_there_is_no_share() -> None:
    found = uplift([1, 2, 3, 4], [0, 0, 0])
    assert found == Uplift(2.5, 0, None, None, None)
    assert not found.is_clear


def test_without_any_spread_the_interval_is_a_point() -> None:
    assert uplift([12] * 6, [10] * 4) == Uplift(12, 10, 20, 20, 20)


def test_of_weeks_that_are_alike_one_in_twenty_seems_to_differ() -> None:
    rng = random.Random(3)
    clear = sum(
        _is_clear([rng.gauss(100, 15) for _ in range(12)], [rng.gauss(100, 15) for _ in range(6)]) for _ in range(2000)
    )
    assert 60 <= clear <= 140


def _is_clear(with_it: list[float], without: list[float]) -> bool:
    found = uplift(with_it, without)
    return found is not None and found.is_clear
