"""A request that lost a deadlock is answered again."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.web import deadlock


class LostError(Exception):
    sqlstate = "40P01"


class GoneError(Exception):
    sqlstate = "57P01"


@pytest.fixture
def losing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the next tries of a request meet."""
    meets: list[Exception] = []

    def view() -> str:
        if meets:
            raise OperationalError("UPDATE", {}, meets.pop(0))
        return "done"

    monkeypatch.setitem(app.view_functions, "health.live", view)
    monkeypatch.setattr(deadlock, "LONGEST_WAIT", 0)
    return meets


@pytest.mark.parametrize(("times", "status"), [(0, 200), (3, 200), (4, 503)])
def test_three_more_tries(app: Flask, losing: list[Exception], times: int, status: int) -> None:
    losing.extend(LostError("deadlock detected") for _ in range(times))
    assert app.test_client().get("/health/live").status_code == status


def test_what_is_no_deadlock_is_not_tried_again(app: Flask, losing: list[Exception]) -> None:
    losing.append(GoneError("the server says no more"))
    assert app.test_client().get("/health/live").status_code == 500
