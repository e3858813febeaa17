"""A draw is the same whoever repeats it, and favours nobody."""

import hashlib
import hmac
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.domain.game.competing import drawing

SEED = bytes(range(32))
HELD = st.dictionaries(st.integers(1, 10_000), st.integers(0, 10), max_size=12)


def test_tickets_begin_at_the_goal_and_end_at_ten() -> None:
    scores = (199, 200, 249, 250, 5000)
    assert [drawing.tickets(score, 200, 50) for score in scores] == [0, 1, 1, 2, 10]


def test_the_list_says_who_holds_what_in_order() -> None:
    assert drawing.listed({12: 1, 3: 10, 7: 0}) == "3\t10\n12\t1\n"


def test_the_first_ticket_by_hand() -> None:
    said = hmac.new(SEED, b"abc|0", hashlib.sha256).digest()
    expected = int.from_bytes(said[:8], "big") % 3
    assert drawing.draw(SEED, "abc", {1: 1, 2: 2}, 1) == [drawing.Drawn(expected, 1 if expected == 0 else 2)]


@given(HELD, st.integers(0, 15))
def test_one_prize_a_person_and_none_without_a_ticket(held: dict[int, int], number: int) -> None:
    won = [drawn.person_id for drawn in drawing.draw(SEED, drawing.digest(drawing.listed(held)), held, number)]
    assert len(won) == len(set(won)) == min(number, sum(count > 0 for count in held.values()))
    assert all(held[person_id] for person_id in won)


@given(HELD)
def test_the_order_in_which_it_is_told_does_not_matter(held: dict[int, int]) -> None:
    backwards = dict(reversed(held.items()))
    assert drawing.draw(SEED, "x", held, 5) == drawing.draw(SEED, "x", backwards, 5)


def test_ten_tickets_win_ten_times_as_often() -> None:
    won = Counter(drawing.draw(SEED, str(each), {1: 10, 2: 1}, 1)[0].person_id for each in range(4400))
    assert 330 < won[2] < 470


def test_another_seed_is_another_draw() -> None:
    held = dict.fromkeys(range(1, 50), 1)
    assert drawing.draw(SEED, "x", held, 49) != drawing.draw(SEED[::-1], "x", held, 49)
