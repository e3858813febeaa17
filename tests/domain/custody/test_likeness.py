"""Who may be one person: shared numbers and addresses, and names that are nearly the same close by."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.custody import likeness
from app.domain.custody.likeness import LARGEST_BLOCK, SHARED_BY, Alike, Known, Reason, compare, known, pairs

FACTS: dict[str, Any] = {"role": "", "region": "", "external_id": "", "addresses": ()}


def person(id_: int, name: str = "jan de vries", **facts: object) -> Known:
    return known(id_, name=name, **(FACTS | facts))


@pytest.mark.parametrize(
    ("one", "two", "reason", "worth"),
    [
        ({"external_id": "BH-0012"}, {"external_id": "bh 0012", "name": "piet los"}, Reason.EXTERNAL_ID, 100),
        ({"external_id": "00123"}, {"external_id": "123"}, Reason.EXTERNAL_ID, 100),
        ({"addresses": ["a@b.nl"]}, {"addresses": ["a@b.nl"]}, Reason.EMAIL, 100),
        ({"addresses": ["+316"]}, {"addresses": ["+316"], "name": "els bos"}, Reason.PHONE, 70),
        ({"region": "zwolle", "role": "lasser"}, {"region": "zwolle", "role": "lasser"}, Reason.NAME, 100),
        ({"region": "zwolle"}, {"region": "zwolle", "name": "vries, jan de"}, Reason.NAME, 100),
        ({"region": "zwolle"}, {"region": "zwolle", "name": "jan vries"}, Reason.NAME, 100),
        ({"region": "zwolle", "name": "jan jansen"}, {"region": "zwolle", "name": "jan janssen"}, Reason.NAME, 95),
        ({}, {}, Reason.NAME, 96),
        ({"region": "zwolle", "role": "lasser"}, {"region": "breda", "role": "lasser"}, Reason.NAME, 92),
        ({"region": "zwolle", "addresses": ["+316"]}, {"region": "zwolle", "addresses": ["+317"]}, Reason.NAME, 88),
    ],
)
def test_they_may_be_one(one: dict[str, Any], two: dict[str, Any], reason: Reason, worth: int) -> None:
    assert compare(person(1, **one), person(2, **two)) == Alike(1, 2, reason, worth)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({}, {"name": "piet los"}),
        ({"region": "zwolle"}, {"region": "zwolle", "name": "jan de boer"}),
        ({"addresses": ["+316", "a@b.nl"]}, {"addresses": ["+317", "c@b.nl"]}),
        (
            {"region": "zwolle", "role": "kok", "addresses": ["+316"]},
            {"region": "breda", "role": "lasser", "addresses": ["+317"]},
        ),
        ({"external_id": ""}, {"external_id": "", "name": "els bos"}),
    ],
)
def test_they_are_two(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert compare(person(1, **one), person(2, **two)) is None


NAMES = st.sampled_from(["jan de vries", "jan vries", "els bos", "els bosch", "", "de vries, jan"])
PEOPLE = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "zwolle"]), st.sampled_from(["", "+316", "a@b.nl"])), max_size=8
)


@given(PEOPLE, st.sets(st.integers(1, 8)))
def test_pairs_are_what_comparing_everybody_gives(told: list[tuple[str, str, str]], fresh: set[int]) -> None:
    everybody = [
        person(number, name, region=region, addresses=[address] if address else ())
        for number, (name, region, address) in enumerate(told, 1)
    ]
    found = list(pairs(everybody))
    assert len({each[:2] for each in found}) == len(found)
    together = [compare(one, two) for one, two in combinations(everybody, 2) if one.name and two.name]
    assert set(found) >= {
        each for each in together if each and each.reason is not Reason.NAME and len(told) <= SHARED_BY
    }
    new = [each for each in found if each.first_id in fresh or each.second_id in fresh]
    assert sorted(pairs(everybody, fresh)) == sorted(new)


def test_an_address_of_an_office_makes_nobody_alike() -> None:
    everybody = [person(number, f"{chr(96 + number) * 5}", addresses=["info@b.nl"]) for number in range(1, 9)]
    assert list(pairs(everybody)) == []


def test_a_large_block_is_compared_with_its_neighbours() -> None:
    everybody = [person(number, f"jan vries{number:04}") for number in range(LARGEST_BLOCK + 100)]
    everybody.append(person(9_000, "jan vries0200"))
    compared = [each for each in pairs(everybody) if each.second_id == 9_000]
    assert Alike(200, 9_000, Reason.NAME, 96) in compared
    assert len(compared) <= 2 * likeness.NEIGHBOURS
