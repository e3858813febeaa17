"""Regular mails: nine o'clock on the first day of the week or the month on which their reader works, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.domain.agency.person import Role
from app.domain.program import absence, contract, regular_mail
from app.domain.program.regular_mail import Due, Regular
from tests.people import People, make_people

WEEKLY = Regular("lead_week", frozenset({Role.LEAD}), clock.week_of, "%G-W%V")
MONTHLY = Regular("sponsor_month", frozenset({Role.LEAD}), clock.month_of, "%Y-%m", news=10)
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""Nine o'clock in Amsterdam."""

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def people(session: None) -> People:
    found = make_people()
    for person in (found.lead, found.sanne):
        person.password_hash = "x"
    return found


def due(regular: Regular, now: datetime) -> list[Due]:
    return regular_mail.due(regular, regular_mail.readers(regular.roles), now)


def off(people: People, first: date, last: date) -> None:
    absence.record(people.lead.id, first, last, by_id=None, now=MONDAY)


def test_from_nine_on_monday_until_it_is_no_news(people: People) -> None:
    moments = (MONDAY - SECOND, MONDAY, MONDAY + 4 * DAY - SECOND, MONDAY + 4 * DAY)
    assert [len(due(WEEKLY, at)) for at in moments] == [0, 1, 1, 0]


def test_what_it_is(people: People) -> None:
    person = f"person:{people.lead.id}"
    assert due(WEEKLY, MONDAY) == [Due("lead_week", person, "2026-W10", MONDAY, MONDAY + 4 * DAY)]


def test_it_is_planned_once(people: People) -> None:
    found = due(WEEKLY, MONDAY)
    assert [regular_mail.plan(found, MONDAY, "voorbeeld.nl") for _time in range(2)] == [1, 0]
    assert due(WEEKLY, MONDAY + DAY) == []
    assert [each.period for each in due(WEEKLY, MONDAY + 7 * DAY)] == ["2026-W11"]


def test_on_leave_it_comes_on_the_first_day_back(people: People) -> None:
    off(people, date(2026, 3, 2), date(2026, 3, 3))
    assert [len(due(WEEKLY, MONDAY + days * DAY)) for days in (0, 1, 2)] == [0, 0, 1]


def test_whoever_is_off_all_week_gets_none(people: People) -> None:
    off(people, date(2026, 3, 2), date(2026, 3, 8))
    assert [each for days in range(7) for each in due(WEEKLY, MONDAY + days * DAY)] == []


def test_a_part_timer_reads_it_on_a_day_of_theirs(people: People) -> None:
    contract.set_days(people.lead, {2, 3}, date(2026, 1, 1), by_id=None, now=MONDAY)
    assert [each.due_at for each in due(WEEKLY, MONDAY + 2 * DAY)] == [MONDAY + 2 * DAY]


def test_not_on_a_public_holiday(people: People) -> None:
    easter = datetime(2026, 4, 6, 7, tzinfo=UTC)
    assert [len(due(WEEKLY, easter + days * DAY)) for days in (0, 1)] == [0, 1]


@pytest.mark.parametrize(("day", "hour"), [("2026-03-30", 7), ("2026-10-26", 8)])
def test_nine_o_clock_on_the_monday_after_the_clock_changed(people: People, day: str, hour: int) -> None:
    nine = clock.parse(f"{day}T{hour:02}:00:00")
    assert (due(WEEKLY, nine - SECOND), len(due(WEEKLY, nine))) == ([], 1)


def test_a_month_that_begins_in_a_weekend(people: People) -> None:
    saturday = datetime(2026, 8, 1, 7, tzinfo=UTC)
    assert [len(due(MONTHLY, saturday + days * DAY)) for days in (0, 1, 2)] == [0, 0, 1]
    assert [each.period for each in due(MONTHLY, saturday + 2 * DAY)] == ["2026-08"]


def test_who_left_or_cannot_be_mailed_reads_nothing(people: People) -> None:
    people.lead.email = None
    assert due(WEEKLY, MONDAY) == []
    people.lead.email, people.lead.deactivated_at = "lead@voorbeeld.nl", MONDAY
    assert due(WEEKLY, MONDAY) == []
