"""Several at once: one deed for each, with the caps as ever, once, and taken back as a whole."""

from collections import Counter
from datetime import date, timedelta

import pytest

from app.domain.actions import attendance, several
from app.domain.actions.contact import UnknownKind
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.several import Deed, OtherDay, Result
from tests import make
from tests.domain.actions.test_action import NOW, Desk, count, total

DAY = timedelta(days=1)
KEY = b"k" * 16
TODAY = date(2026, 3, 4)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def crowd(desk: Desk, number: int) -> list[int]:
    return [make.candidate(owner=desk.people.sanne).id for _ in range(number)]


def did(desk: Desk, ids: list[int], kind: str = "event", day: date = TODAY, key: bytes = KEY) -> Result:
    return several.log(desk.people.sanne, ids, Deed(desk.program_id, kind, day, "Meeloopdag", key), NOW)


def test_each_earns_and_after_twenty_the_half(desk: Desk) -> None:
    told = did(desk, crowd(desk, 23))
    assert told == Result(23, 23 * 10, Counter(half=3), owing=20 * 40 + 3 * 15)
    assert total() == told.points


def test_the_same_form_again_logs_nothing_more(desk: Desk) -> None:
    ids = crowd(desk, 3)
    assert did(desk, ids) == did(desk, ids)
    assert count(EngagementAction) == 3


def test_more_than_one_portion(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "PORTION", 2)
    assert did(desk, crowd(desk, 5)).logged == 5


def test_whom_one_may_not_see_is_left_out(desk: Desk) -> None:
    hidden = make.candidate(owner=desk.people.otto, branch_id=make.branch("Oost").id)
    assert did(desk, [*crowd(desk, 1), hidden.id]).logged == 1
    assert did(desk, [hidden.id], key=b"o" * 16) == Result()


def test_an_earlier_day_of_this_week_counts_there(desk: Desk) -> None:
    ids = crowd(desk, 1)
    assert did(desk, ids, day=TODAY - 6 * DAY) == Result(1, 10, Counter(), 40)
    assert did(desk, ids, key=b"o" * 16).owing == 40


@pytest.mark.parametrize("days", [1, -7])
def test_other_days_cannot_be_logged(desk: Desk, days: int) -> None:
    with pytest.raises(OtherDay):
        did(desk, crowd(desk, 1), day=TODAY + days * DAY)


def test_a_kind_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownKind):
        did(desk, crowd(desk, 1), kind="juggling")


def test_undone_as_a_whole_and_by_nobody_else(desk: Desk) -> None:
    did(desk, crowd(desk, 3))
    assert several.undo(desk.people.bram, KEY, NOW) == 0
    assert [several.undo(desk.people.sanne, KEY, NOW, limit=2) for _ in range(3)] == [2, 1, 0]
    assert (several.result(desk.people.sanne, KEY), total()) == (Result(), 0)


def test_it_is_not_the_work_of_a_block(desk: Desk) -> None:
    desk.people.sanne.joined_on = TODAY
    friday = NOW.replace(day=6, hour=13, minute=40)
    deed = Deed(desk.program_id, "event", friday.date(), "", KEY)
    several.log(desk.people.sanne, crowd(desk, 6), deed, friday)
    assert attendance.current(desk.people.sanne, friday).done == 0
