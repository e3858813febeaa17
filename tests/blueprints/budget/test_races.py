"""Several people press at the same moment: money moves once, and whoever comes too late reads why."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from flask import Flask

from app.domain.game.rewarding import budget_check
from tests.blueprints.budget.counter import URL, Counter, standing
from tests.people import Browser

PRESSES = 4
Sent = Callable[[], Mapping[str, object]]


@pytest.fixture
def counter(real_app: Flask) -> Iterator[Counter]:
    with standing(Browser(real_app)) as found:
        yield found
        assert found.behind(budget_check.wrong_budgets) == []
        assert found.behind(budget_check.wrong_holds) == []


def pressed(counter: Counter, url: str, sent: Sent) -> list[int]:
    """The sponsor and the administrator press as often as they can, all at once; answers how each press ended."""
    who = [counter.people.ines, counter.people.ada] * (PRESSES // 2)
    browsers, together = [counter.browser.sign_in(each) for each in who], Barrier(PRESSES)

    def press(browser: Browser) -> int:
        facts = sent()
        together.wait()
        return browser.post(url, facts, at=f"{URL}/new").status_code

    with ThreadPoolExecutor(PRESSES) as pool:
        return sorted(pool.map(press, browsers))


def test_no_more_is_taken_back_than_there_is(counter: Counter) -> None:
    ends = pressed(counter, f"{counter.address}/withdrawal", lambda: {"amount": "60", "key": uuid4().hex})
    assert ends == [303, 422, 422, 422]
    assert counter.pots() == (4_000, 0, 0, 0)


def test_one_key_gives_once(counter: Counter) -> None:
    key = uuid4().hex
    assert pressed(counter, f"{counter.address}/allotment", lambda: {"amount": "5", "key": key}) == [303] * PRESSES
    assert counter.pots() == (10_500, 0, 0, 0)


def test_it_is_handed_over_once(counter: Counter) -> None:
    number = counter.granted()
    assert pressed(counter, f"{URL}/requests/{number}/fulfilment", dict) == [303] * PRESSES
    assert counter.pots() == (7_500, 0, 0, 2_500)


def test_it_is_decided_once(counter: Counter) -> None:
    number = counter.ask()
    ways = iter(["approve", "decline"] * PRESSES)
    assert (
        pressed(
            counter,
            f"{URL}/requests/decisions",
            lambda: {"id": number, "decision": next(ways), "reason": "Daarom"},
        )
        == [303] * PRESSES
    )
    held = {"approved": (7_500, 0, 2_500, 0), "declined": (10_000, 0, 0, 0)}
    assert counter.pots() == held[counter.state_of(number)]
