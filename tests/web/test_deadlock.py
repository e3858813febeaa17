"""A request that lost a deadlock is answered again, and a portion of work is done anew."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.db import db
from app.domain.agency.team import Branch
from app.web import deadlock
from tests import make
from tests.lost import HeldTooLongError, LostError, lost


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


def make_branch(faults: list[OperationalError]) -> str:
    row = make.branch("Noord")
    if faults:
        raise faults.pop()
    return row.name


def branches() -> int:
    return db.session.scalar(select(func.count()).select_from(Branch)) or 0


@pytest.mark.parametrize("by", [LostError, HeldTooLongError])
@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_portion_is_done_once_however_often_it_was_in_vain(
    session: None, monkeypatch: pytest.MonkeyPatch, times: int, by: type[Exception]
) -> None:
    monkeypatch.setattr(deadlock, "LONGEST_WAIT", 0)
    faults = [lost(by) for _ in range(times)]
    assert deadlock.outlast(lambda: make_branch(faults)) == "Noord"
    assert branches() == 1


@pytest.mark.parametrize(("times", "by"), [(4, LostError), (1, GoneError)])
def test_but_not_for_ever_nor_after_another_fault(
    session: None, monkeypatch: pytest.MonkeyPatch, times: int, by: type[Exception]
) -> None:
    monkeypatch.setattr(deadlock, "LONGEST_WAIT", 0)
    faults = [lost(by) for _ in range(times)]
    with pytest.raises(OperationalError):
        deadlock.outlast(lambda: make_branch(faults))
    db.session.rollback()
    assert (branches(), faults) == (0, [])
