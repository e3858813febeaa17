"""The days on which we ask how a placement goes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.actions import deciding, promise
from app.domain.actions.check_ins import days_of
from app.domain.actions.promise import PromiseKind
from app.domain.journey.application import ApplicationState
from tests.domain.actions.applying_scene import DAY, Applying
from tests.domain.scoring.scene import MARCH

MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@pytest.fixture
def scene(session: None) -> Applying:
    return Applying()


def test_day_one_week_one_week_four_then_every_six_weeks() -> None:
    found = days_of(MONDAY, MONDAY + 130 * DAY)
    checks = [(day - MONDAY).days for day, kind in found if kind is PromiseKind.CHECK_IN]
    talks = [(day - MONDAY).days for day, kind in found if kind is PromiseKind.REDEPLOY]
    assert (checks, talks) == ([0, 7, 28, 70, 112], [100, 116])


def test_a_day_off_moves_to_the_next_one_that_is_worked() -> None:
    saturday = MONDAY + 5 * DAY
    found = days_of(saturday, saturday + 10 * DAY, frozenset({MONDAY + 7 * DAY}))
    assert [day for day, _ in found] == [MONDAY + 8 * DAY, MONDAY + 14 * DAY]


@given(start=DAYS, length=st.one_of(st.none(), st.integers(0, 1000)))
@settings(max_examples=30)
def test_a_placement_of_any_length_begins_with_a_check_in(start: date, length: int | None) -> None:
    found = days_of(start, None if length is None else start + length * DAY)
    assert found[0].kind is PromiseKind.CHECK_IN
    assert len({day for day, _ in found}) == len(found) <= 30
    assert all(start <= day and day.weekday() < 5 for day, _ in found)


def test_a_placement_promises_what_is_still_to_come(scene: Applying) -> None:
    row = scene.applied()
    deciding.place(row, MONDAY - 3 * DAY, MONDAY + 60 * DAY, scene.people.lead, MARCH)
    planned = promise.planned_of([row.id])
    assert {one.person_id for one in planned} == {scene.people.sanne.id}
    assert [one.kind for one in planned] == ["check_in", "check_in", "redeploy", "redeploy"]
    assert (scene.state().promise_kind, scene.state().promise_due_at) == ("check_in", planned[0].due_at)


def test_other_days_are_promised_anew(scene: Applying) -> None:
    row = scene.applied()
    deciding.place(row, MONDAY, None, scene.people.sanne, MARCH)
    deciding.place(row, MONDAY + 7 * DAY, MONDAY + 21 * DAY, scene.people.sanne, MARCH + DAY)
    days = [(one.due_at.date() - MONDAY).days for one in promise.planned_of([row.id])]
    assert days == [7, 14]
    assert [to for _, to, _ in scene.moves()].count("placed") == 1


def test_a_placement_that_ended_is_not_checked_on(scene: Applying) -> None:
    row = scene.applied()
    deciding.place(row, MONDAY, None, scene.people.sanne, MARCH)
    deciding.move(row, ApplicationState.WITHDRAWN, scene.people.sanne, MARCH + timedelta(hours=1))
    assert (promise.planned_of([row.id]), scene.state().promise_id) == ([], None)
