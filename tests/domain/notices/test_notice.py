"""Notices under the bell: told once, counted until they are read, and gone when they are no longer so."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.notices import notice, preference
from app.domain.notices.preference import Way

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SANNE, BRAM = "person:1", "person:2"
pytestmark = pytest.mark.usefixtures("session")


def tell(*recipients: str, period: str = "1", kind: str = "kudos", about: str = "candidate:7") -> int:
    return notice.tell(kind, recipients, period=period, facts={"kudos_id": 1}, now=NOW, about=about)


def test_each_is_told_once() -> None:
    assert [tell(SANNE, BRAM, SANNE), tell(SANNE), tell()] == [2, 0, 0]
    assert [notice.unread(each) for each in (SANNE, BRAM)] == [1, 1]


def test_the_number_follows_what_is_told_and_read() -> None:
    for number in range(3):
        tell(SANNE, period=str(number))
        assert notice.unread(SANNE) == number + 1
    first = notice.of_page(SANNE).rows[-1]
    notice.read(SANNE, NOW, LATER, first.id)
    assert notice.unread(SANNE) == 2
    notice.read(SANNE, NOW, LATER)
    assert notice.unread(SANNE) == 0


def test_what_comes_meanwhile_stays_unread() -> None:
    tell(SANNE)
    notice.read(SANNE, NOW - timedelta(seconds=1), LATER)
    assert notice.unread(SANNE) == 1


def test_ones_own_alone() -> None:
    tell(SANNE)
    row = notice.of_page(SANNE).rows[0]
    notice.read(BRAM, NOW, LATER)
    assert (notice.find(BRAM, row.id), notice.unread(SANNE)) == (None, 1)


def test_it_rings_for_nobody_who_does_not_want_it_there() -> None:
    preference.unsubscribe(SANNE, "kudos", NOW, Way.APP)
    assert tell(SANNE) == 1
    assert (notice.unread(SANNE), notice.of_page(SANNE).rows) == (0, [])
    told = notice.told_since(SANNE, ["kudos"], NOW - timedelta(days=1), NOW)
    assert [row.kind for row in told] == ["kudos"]


def test_what_was_read_is_not_told_again() -> None:
    tell(SANNE)
    notice.read(SANNE, NOW, NOW)
    assert notice.told_since(SANNE, ["kudos"], NOW - timedelta(days=1), NOW) == []


def test_what_is_no_longer_so_goes_unless_it_was_read() -> None:
    tell(SANNE, BRAM)
    notice.read(BRAM, NOW, NOW)
    notice.withdraw("candidate:7", ["kudos"], NOW - timedelta(seconds=1))
    assert notice.unread(SANNE) == 1
    notice.withdraw("candidate:7", ["kudos"], NOW)
    assert [len(notice.of_page(each).rows) for each in (SANNE, BRAM)] == [0, 1]


def test_it_is_withdrawn_from_one() -> None:
    tell(SANNE, BRAM)
    notice.withdraw("candidate:7", ["kudos"], NOW, recipient=SANNE)
    assert [len(notice.of_page(each).rows) for each in (SANNE, BRAM)] == [0, 1]


def test_two_who_are_one() -> None:
    tell(SANNE)
    notice.rename("candidate:7", "candidate:8")
    assert notice.of_page(SANNE).rows[0].about == "candidate:8"


def test_after_ninety_days_they_go() -> None:
    tell(SANNE)
    assert [notice.forget(NOW + timedelta(days=days)) for days in (0, 1)] == [0, 1]


def test_what_led_to_something_is_read_for_whoever_did_it() -> None:
    tell(SANNE, BRAM)
    tell(SANNE, period="2", about="candidate:8")
    notice.settle(SANNE, "candidate:7", ["kudos"], NOW, LATER)
    assert [notice.unread(each) for each in (SANNE, BRAM)] == [1, 1]


def test_what_was_told_afterwards_has_led_to_nothing_yet() -> None:
    tell(SANNE)
    notice.settle(SANNE, "candidate:7", ["kudos"], NOW - timedelta(seconds=1), LATER)
    notice.settle(SANNE, "candidate:7", ["surprise"], NOW, LATER)
    assert notice.unread(SANNE) == 1
