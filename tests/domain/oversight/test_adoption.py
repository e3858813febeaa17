"""Adoption against counting by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.agency.person import Role
from app.domain.oversight.adoption import Share, adoption, week_earlier
from tests import make
from tests.domain.oversight.scene import NOW, ZONE, Scene, scene

MONDAY = date(2026, 10, 26)
A_WEEK_AGO = datetime(2026, 10, 22, 12, 30, tzinfo=UTC)


@pytest.fixture
def made(session: None) -> Scene:
    return scene()


def by_hand(made: Scene, first: date, until: datetime) -> Share:
    day = until.astimezone(ZONE).date()
    expected = {
        person.id
        for person in made.people
        if person.role == Role.RECRUITER
        and person.joined_on <= day
        and (person.deactivated_at is None or person.deactivated_at > until)
    }
    active = {
        action.person_id
        for action in made.actions
        if action.local_date >= first and action.occurred_at <= until and action.undone_at is None
    }
    return Share(len(expected & active), len(expected))


def test_this_week(made: Scene) -> None:
    found = adoption(NOW, ZONE)
    assert found.so_far == by_hand(made, MONDAY, NOW)
    assert 0 < found.so_far.active <= found.so_far.expected < len(made.people)


def test_last_week_up_to_the_same_hour(made: Scene) -> None:
    found = adoption(NOW, ZONE)
    assert found.at_this_time_last_week == by_hand(made, MONDAY - timedelta(7), A_WEEK_AGO)
    assert found.change == found.so_far.active - found.at_this_time_last_week.active


def test_the_whole_of_last_week(made: Scene) -> None:
    end = datetime(2026, 10, 25, 23, tzinfo=UTC) - timedelta(microseconds=1)
    assert adoption(NOW, ZONE).last_week == by_hand(made, MONDAY - timedelta(7), end)


def test_who_joins_and_who_leaves(session: None) -> None:
    make.agency()
    make.person("Nieuw Bos").joined_on = date(2026, 10, 27)
    make.person("Weg Bos").deactivated_at = NOW - timedelta(days=3)
    make.person("Blijft Bos")
    db.session.flush()
    found = adoption(NOW, ZONE)
    assert (found.so_far.expected, found.at_this_time_last_week.expected, found.last_week.expected) == (2, 2, 2)
    assert adoption(NOW - timedelta(days=3, hours=1), ZONE).so_far.expected == 2


def test_nobody(session: None) -> None:
    assert adoption(NOW, ZONE) == (Share(0, 0),) * 3


def test_a_week_earlier_is_the_same_wall_time_across_the_clock_change() -> None:
    assert week_earlier(NOW, ZONE) == A_WEEK_AGO
    assert (NOW - A_WEEK_AGO) // timedelta(hours=1) == 7 * 24 + 1
