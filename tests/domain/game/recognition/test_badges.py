"""Badges and levels, as arithmetic: what counts, when it was enough, and what is missing."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.game.recognition import levels
from app.domain.game.recognition.badges import ASKED, Badge, Deed, progress

DAY = timedelta(days=1)
FIRST = date(2026, 11, 2)
KINDS = ("message", "conversation", "status_update")


def feedback(times: int, *, to: int | None = None) -> list[Deed]:
    """So many days in a row, each time to another candidate or always to the same."""
    return [Deed("status_update", to or each, FIRST + DAY * each) for each in range(times)]


def of(badge: Badge, deeds: list[Deed]) -> tuple[int, date | None]:
    found = next(each for each in progress(deeds, KINDS) if each.badge is badge)
    return found.have, found.earned_on


def test_the_tenth_candidate_earns_it_on_that_day() -> None:
    assert of(Badge.KINDNESS, feedback(9)) == (9, None)
    assert of(Badge.KINDNESS, feedback(12)) == (10, FIRST + DAY * 9)


def test_the_same_candidate_counts_once() -> None:
    assert of(Badge.KINDNESS, feedback(30, to=1)) == (1, None)


def test_breadth_says_what_is_missing() -> None:
    some = [Deed("message", 0, FIRST), *feedback(1)]
    breadth = progress(some, KINDS)[0]
    assert (breadth.have, breadth.needed, breadth.missing) == (2, 3, ("conversation",))
    all_of_them = [*some, Deed("conversation", 0, FIRST + 5 * DAY)]
    assert of(Badge.BREADTH, all_of_them) == (3, FIRST + 5 * DAY)


deeds_of_somebody = st.lists(
    st.builds(
        Deed,
        st.sampled_from([*KINDS, *(kind for kind, _ in ASKED.values())]),
        st.integers(1, 12),
        st.dates(FIRST, FIRST + 60 * DAY),
    ),
    max_size=60,
)


@settings(max_examples=30)
@given(deeds_of_somebody, deeds_of_somebody)
def test_more_never_takes_away_and_order_does_not_matter(some: list[Deed], more: list[Deed]) -> None:
    before, after = progress(some, KINDS), progress([*reversed(more), *some], KINDS)
    for early, late in zip(before, after, strict=True):
        assert late.have >= early.have
        assert early.earned_on is None or (late.earned_on and late.earned_on <= early.earned_on)


def test_levels_take_longer_each_time() -> None:
    assert [levels.number_at(points) for points in (-10, 0, 499, 500, 1999, 2000, 4500)] == [1, 1, 1, 2, 2, 3, 4]
    assert levels.level_at(600) == levels.Level(2, 600, 500, 2000)
    assert levels.level_at(600).missing == 1400


@settings(max_examples=30)
@given(st.integers(0, 10**7))
def test_a_level_is_between_its_points_and_the_next(points: int) -> None:
    level = levels.level_at(points)
    assert level.since <= points < level.next
