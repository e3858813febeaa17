"""How well an order told who answered: by hand, at its edges, and never better than it is."""

import math
import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.lab import quality
from app.domain.lab.quality import Window

scored = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30).filter(
    lambda rows: 0 < sum(did for _, did in rows) < len(rows)
)


@given(scored)
@settings(max_examples=30)
def test_an_area_is_how_often_who_answered_stood_above(rows: list[tuple[int, bool]]) -> None:
    scores, answered = [float(score) for score, _ in rows], [did for _, did in rows]
    pairs = list(product([s for s, did in rows if did], [s for s, did in rows if not did]))
    by_hand = sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs)
    assert math.isclose(quality.curve(scores, answered).auc, by_hand)


def test_an_interval_holds_the_truth_about_19_times_of_20() -> None:
    dice, held = random.Random(3), 0
    truth = 0.7602  # two normal scores one apart
    for _ in range(200):
        answered = [dice.random() < 0.5 for _ in range(120)]
        found = quality.curve([dice.gauss(float(did), 1) for did in answered], answered).estimate
        held += found.low <= truth <= found.high
    assert 180 <= held <= 198


def test_what_two_orders_share_is_no_difference() -> None:
    dice = random.Random(4)
    answered = [dice.random() < 0.5 for _ in range(300)]
    one = [dice.gauss(float(did), 1) for did in answered]
    same = quality.curve([2 * score + 1 for score in one], answered)
    noise = quality.curve([dice.random() for _ in one], answered)
    assert same.better_than(quality.curve(one, answered)) == (0, 0, 0)
    assert quality.curve(one, answered).better_than(noise).low > 0


def test_precision_is_that_of_the_first_and_equals_share() -> None:
    answered = [True, True, False, False]
    window = [Window([0, 1, 2, 3], 2)]
    found = [quality.precision(scores, answered, window) for scores in ([4, 3, 2, 1], [1, 2, 3, 4], [1, 1, 1, 1])]
    assert [(each.share.value, each.lift.value) for each in found if each] == [(1, 2), (0, 0), (0.5, 1)]


def test_where_there_was_time_for_everybody_nothing_is_said() -> None:
    assert quality.precision([1.0, 2.0], [True, False], [Window([0, 1], 2)]) is None
    assert quality.precision([1.0, 2.0], [False, False], [Window([0, 1], 1)]) is None


def test_calibration_says_what_was_to_be_expected_and_what_came() -> None:
    older = [(float(number), number >= 80) for number in range(100)]
    bands = quality.calibration(older, [(5.0, True), (95.0, True), (150.0, False)])
    assert [band.expected for band in bands] == [0, 0, 0, 0, 1]
    assert [(band.cases, band.answered) for band in (bands[0], bands[-1])] == [(1, 1), (2, 1)]
    assert quality.calibration(older[:4], []) == []


def test_scores_that_are_all_equal_are_one_band() -> None:
    (band,) = quality.calibration([(0.0, True)] * 5 + [(0.0, False)] * 5, [(0.0, True)])
    assert (band.expected, band.cases) == (0.5, 1)
