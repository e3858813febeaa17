"""A draw is the same whoever repeats it, and favours nobody."""

import hashlib
import hmac
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.game.competing import drawing
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.drum import drum_of

SEED = bytes(range(32))
HELD = st.dictionaries(st.integers(1, 10_000), st.integers(0, 10), max_size=12)


def test_tickets_begin_at_the_goal_and_end_at_ten() -> None:
    scores = (199, 200, 249, 250, 5000)
    assert [drawing.tickets(score, 200, 50) for score in scores] == [0, 1, 1, 2, 10]


def _raffle(**facts: Any) -> Competition:  # noqa: ANN401 - any column
    days = {"first": date(2026, 11, 16), "last": date(2026, 11, 20), "made_at": datetime(2026, 11, 1, tzinfo=UTC)}
    return Competition(program_id=1, name="", format="threshold", made_by_id=1, seed=SEED, **days | facts)


def test_nobody_is_found_from_the_list_and_what_is_shown_of_the_draw() -> None:
    drum = drum_of(_raffle(seed_hash=drawing.digest(drawing.secret(SEED))), {12: 1, 3: 10, 7: 0})
    assert {line.person_id: line.tickets for line in drum.lines} == {12: 1, 3: 10}
    assert drum.listing == "".join(f"{code}\t{tickets}\n" for code, tickets, _ in sorted(drum.lines))
    assert drum.secret != SEED
    guessed = {drawing.code(drum.secret, each) for each in range(20)} | {str(each) for each in range(20)}
    assert guessed.isdisjoint(line.code for line in drum.lines)


def test_what_was_drawn_from_numbers_stays_as_it_was() -> None:
    drum = drum_of(_raffle(seed_hash=drawing.digest(SEED)), {12: 1, 3: 10, 7: 0})
    assert (drum.listing, drum.secret) == ("3\t10\n12\t1\n", SEED)
    assert drum.draw(2) == drawing.draw(SEED, drum.list_hash, {3: 10, 12: 1}, 2)


@given(st.sets(st.integers(1, 10_000), min_size=1), st.data())
def test_whoever_drops_out_changes_nothing_between_the_others(people: set[int], data: st.DataObject) -> None:
    order = drawing.order(SEED, "places", people)
    stays = data.draw(st.sets(st.sampled_from(sorted(people))))
    assert [each for each in order if each in stays] == drawing.order(SEED, "places", stays)


def test_the_first_ticket_by_hand() -> None:
    said = hmac.new(SEED, b"abc|0", hashlib.sha256).digest()
    expected = int.from_bytes(said[:8], "big") % 3
    assert drawing.draw(SEED, "abc", {1: 1, 2: 2}, 1) == [drawing.Drawn(expected, 1 if expected == 0 else 2)]


@given(HELD, st.integers(0, 15))
def test_one_prize_a_person_and_none_without_a_ticket(held: dict[int, int], number: int) -> None:
    won = [drawn.person_id for drawn in drawing.draw(SEED, "list", held, number)]
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
