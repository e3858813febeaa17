"""Another user in Bullhorn: what was done between the two that listened is told."""

from datetime import timedelta

import pytest

from app.domain.actions.bullhorn import account, gap
from app.domain.actions.bullhorn.account import BullhornAccount
from tests.jobs.desk import TUESDAY

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("session")


def listens(username: str, corporation: str = "e999", *, hours: int = 0) -> BullhornAccount:
    """From so many hours after noon on."""
    row, now = account.of(username), TUESDAY + hours * HOUR
    row.corporation = corporation
    gap.take_over(row, now)
    account.subscribed(row, 0, now)
    gap.end(now)
    return row


def gaps() -> list[tuple[str, int, int]]:
    """Of whom, and from how many hours until how many."""
    return [
        (each.subscription, (each.since - TUESDAY) // HOUR, ((each.until or each.since) - TUESDAY) // HOUR)
        for each in gap.latest()
    ]


def test_the_first_user_missed_nothing() -> None:
    listens("first")
    assert gaps() == []


def test_another_user_missed_what_was_done_since_the_last_was_heard() -> None:
    account.heard(listens("first"), TUESDAY + HOUR)
    account.heard(listens("second", hours=3), TUESDAY + 5 * HOUR)
    third = listens("third", hours=9)
    assert gaps()[0] == (third.subscription, 5, 9)
    assert [(since, until) for _, since, until in gaps()] == [(5, 9), (1, 3)]


def test_what_another_company_told_is_none_of_it() -> None:
    listens("first", "sandbox")
    listens("second", hours=3)
    assert gaps() == []


def test_whoever_listens_again_is_told_of_what_was_lost_and_of_nothing_else() -> None:
    row = listens("first")
    gap.begin(row, TUESDAY + HOUR)
    account.begin_anew(row)
    listens("second", hours=2)
    listens("first", hours=3)
    assert [(since, until) for _, since, until in gaps()] == [(0, 2), (0, 2)]


def test_a_batch_waits_no_longer_because_a_clock_was_wrong() -> None:
    row = listens("first")
    gap.not_given(row, 1, TUESDAY)
    assert [gap.due(row, [1], TUESDAY + minutes * MINUTE) for minutes in (0, 1)] == [[], [1]]
    gap.not_given(row, 2, TUESDAY + 9_000 * HOUR)
    assert gap.due(row, [1, 2], TUESDAY) == [2]
