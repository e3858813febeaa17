"""Call me back: when that is possible, and whose promise it becomes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions import call_back, promise
from app.domain.actions.call_back import Part, TooLate
from app.domain.candidates import candidate as candidates
from tests.domain.actions.own import Own

ZONE = ZoneInfo("Europe/Amsterdam")
FRIDAY = date(2026, 3, 13)
NINE = datetime(2026, 3, 13, 8, tzinfo=UTC)


@pytest.fixture
def own(session: None) -> Own:
    return Own()


@pytest.mark.parametrize(
    ("day", "part", "at", "possible"),
    [
        (FRIDAY, Part.MORNING, NINE, True),
        (FRIDAY, Part.MORNING, NINE + timedelta(hours=2), True),
        (FRIDAY, Part.MORNING, NINE + timedelta(hours=2, minutes=1), False),
        (FRIDAY, Part.EVENING, NINE + timedelta(hours=10), True),
        (FRIDAY, Part.EVENING, NINE + timedelta(hours=11), False),
        (FRIDAY - timedelta(days=1), Part.EVENING, NINE, False),
        (FRIDAY + timedelta(days=14), Part.EVENING, NINE, True),
        (FRIDAY + timedelta(days=15), Part.MORNING, NINE, False),
    ],
)
def test_there_is_an_hour_left(day: date, part: Part, at: datetime, possible: bool) -> None:
    assert call_back.is_possible(day, part, at, ZONE) is possible


def test_days_are_working_days() -> None:
    days = call_back.possible_days(NINE, ZONE)
    assert days[:3] == [FRIDAY, date(2026, 3, 16), date(2026, 3, 17)]
    assert (len(days), days[-1]) == (11, date(2026, 3, 27))


def test_late_in_the_evening_today_is_over() -> None:
    assert call_back.possible_days(NINE + timedelta(hours=11), ZONE)[0] == date(2026, 3, 16)


def test_it_is_the_owners_promise(own: Own) -> None:
    due = call_back.agree(own.pieter, date(2026, 3, 16), Part.AFTERNOON, NINE)
    (one,) = promise.open_for(own.people.sanne)
    assert due == datetime(2026, 3, 16, 12, tzinfo=UTC)
    assert (one.due_at, one.channel, one.made_by_action_id) == (due, "phone", None)


def test_within_the_part_it_is_now(own: Own) -> None:
    late = NINE + timedelta(hours=2)
    assert call_back.agree(own.pieter, FRIDAY, Part.MORNING, late) == late


def test_another_day_comes_in_its_place(own: Own) -> None:
    call_back.agree(own.pieter, date(2026, 3, 16), Part.AFTERNOON, NINE)
    due = call_back.agree(own.pieter, date(2026, 3, 17), Part.MORNING, NINE)
    assert [one.due_at for one in promise.open_for(own.people.sanne)] == [due]
    assert own.state().promise_due_at == due


@pytest.mark.parametrize("owner", ["nobody", "gone"])
def test_without_an_owner_it_is_a_reason_for_all(own: Own, owner: str) -> None:
    candidates.assign(own.pieter, own.people.gone.id if owner == "gone" else None, NINE)
    call_back.agree(own.pieter, FRIDAY, Part.AFTERNOON, NINE)
    state = own.state()
    assert (state.trigger, state.trigger_at, state.promise_due_at) == ("call_back", NINE, None)


def test_what_is_over_cannot_be_promised(own: Own) -> None:
    with pytest.raises(TooLate):
        call_back.agree(own.pieter, FRIDAY - timedelta(days=1), Part.MORNING, NINE)
