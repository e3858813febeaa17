"""Coins that lapse: announced sixty days ahead at least, and withdrawn as long as the day has not come."""

import re
from collections.abc import Iterator

import pytest

from tests.blueprints.budget.counter import URL, Counter, standing
from tests.people import Browser

COINS = f"{URL}/coins"
DAYS = {"earned_before": "2026-01-01", "lapses_on": "2027-01-19"}


@pytest.fixture
def counter(browser: Browser) -> Iterator[Counter]:
    with standing(browser) as found:
        yield found


def test_it_is_announced_and_withdrawn(counter: Counter) -> None:
    assert counter.post(COINS, DAYS).status_code == 303
    told = counter.get(COINS)
    assert "19 januari 2027" in told
    (address,) = set(re.findall(rf"{COINS}/\d+/withdrawal", told))
    ines = counter.browser.sign_in(counter.people.ines)
    for said in ("Het vervalt niet", "al vervallen of ingetrokken"):
        ines.post(address, at=COINS)
        assert said in ines.get(COINS).text
    assert "Er vervalt geen tegoed" in counter.get(COINS)
    assert counter.post(f"{COINS}/999999/withdrawal").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lapses_on": "2027-01-18"}, "ten minste 60 dagen"),
        ({"earned_before": "2026-12-31"}, "ten minste 60 dagen"),
        ({"earned_before": "0001-01-01"}, "in deze eeuw"),
        ({"lapses_on": "morgen"}, 'value="morgen"'),
    ],
)
def test_what_is_too_soon_stays_on_the_form(counter: Counter, changed: dict[str, str], said: str) -> None:
    answer = counter.post(COINS, {**DAYS, **changed})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_day_is_announced_once(counter: Counter) -> None:
    counter.post(COINS, DAYS)
    assert "vervalt al tegoed" in counter.post(COINS, DAYS).text
