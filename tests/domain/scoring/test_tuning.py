"""The search for a half-life: it follows the rhythm of those who are scored, and looks at nothing that came later."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.scoring import tuning
from app.domain.scoring.tuning import Case, Found, Occasion, Part, Quality

DAY = 86_400.0
CASES = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40)


def fast(parts: tuple[Part, ...]) -> bool:
    """Whoever came in the last three days acts."""
    return min(part.age for part in parts) < 3


def slow(parts: tuple[Part, ...]) -> bool:
    """Whoever came often, however long ago, acts."""
    return len(parts) >= 6


def occasion(number: int, rule: object) -> Occasion:
    random, cases = Random(number), []
    for _ in range(300):
        parts = tuple(Part(random.uniform(0, 120), 5) for _ in range(random.randint(1, 7)))
        cases.append(Case(parts, rule(parts) != (random.random() < 0.05)))  # type: ignore[operator]
    return Occasion(number * 7 * DAY, (number + 1) * 7 * DAY, cases)


def found(rule: object) -> Found:
    answer = tuning.search([occasion(number, rule) for number in range(4)], 21)
    assert answer is not None
    return answer


def test_a_fast_and_a_slow_population_get_different_half_lives() -> None:
    assert found(fast).days < 10
    assert found(slow).days > 60


def test_what_is_found_is_at_least_as_good_as_what_is_in_use() -> None:
    answer = found(fast)
    assert answer.quality.both >= answer.present.both
    assert [days for days, _ in answer.tried] == sorted(days for days, _ in answer.tried)
    assert (answer.occasions, answer.outcomes, answer.present_days) == (4, 1200, 21)


def test_what_is_as_good_changes_nothing() -> None:
    same = [Case((Part(5, 10),) * (1 + acted), acted) for acted in (True, False) for _ in range(120)]
    answer = tuning.search([Occasion(0, DAY, same)], 21)
    assert answer is not None
    assert answer.days == 21


@pytest.mark.parametrize(("acted", "idle"), [(39, 400), (400, 39), (99, 100)])
def test_below_two_hundred_outcomes_with_forty_of_each_nothing_is_said(acted: int, idle: int) -> None:
    cases = [Case((), each < acted) for each in range(acted + idle)]
    assert tuning.search([Occasion(0, DAY, cases)], 21) is None


def test_only_what_was_known_is_looked_at_and_only_the_newest() -> None:
    all_ = [occasion(number, fast) for number in range(12)]
    known = tuning.known_by(reversed(all_), all_[9].known_at)
    assert known == all_[2:10]


def test_an_occasion_where_all_did_the_same_tells_nothing() -> None:
    assert tuning.known_by([Occasion(0, 1, [Case((), acted=True)])], 2) == []


@settings(max_examples=30)
@given(CASES)
def test_the_area_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[int, bool]]) -> None:
    yes, no = [score for score, acted in rows if acted], [score for score, acted in rows if not acted]
    if yes and no:
        pairs = sum((a > b) + (a == b) / 2 for a in yes for b in no)
        cases = [Case((Part(0, score),), acted) for score, acted in rows]
        assert tuning.quality(cases, 21).auc == pytest.approx(pairs / (len(yes) * len(no)))


def test_the_best_tenth_shares_its_last_places() -> None:
    cases = [Case((Part(0, 9),), acted=True)] + [Case((Part(0, 1),), acted=at < 4) for at in range(19)]
    assert tuning.quality(cases, 21).top == pytest.approx((1 + 4 / 19) / 2)


def test_an_occasion_is_judged_once_for_each_half_life() -> None:
    one = occasion(1, fast)
    assert one.quality(5) is one.quality(5)
    assert tuning.mean([one], 5) == Quality(*one.quality(5))
