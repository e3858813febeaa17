"""Good news on both engines: what is worth telling is told where it happens, and history is not."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from app import clock
from app.db import db
from app.domain.actions import action, block_settling, good_news
from app.domain.actions.outcome import Outcome
from app.domain.actions.rescue import Attempt
from app.domain.actions.response import take_in_many
from app.domain.game.feed import FeedItem
from app.domain.game.running_total import Standing
from tests.domain.actions.test_action import NOW, Desk
from tests.domain.actions.test_attendance import FRIDAY, MONDAY, NOON, WEEK, work
from tests.domain.scoring.scene import MARCH, hit

DAY = timedelta(days=1)


@pytest.fixture
def desk(session: None) -> Desk:
    desk = Desk()
    for person in desk.people.__dict__.values():
        person.joined_on = MONDAY
    return desk


def told() -> list[str]:
    standing = select(FeedItem.kind).where(FeedItem.withdrawn_at.is_(None)).order_by(FeedItem.id)
    return list(db.session.scalars(standing))


def test_an_appointment_is_told_until_it_is_undone(desk: Desk) -> None:
    logged = desk.log(Outcome.APPOINTMENT)
    (item,) = db.session.scalars(select(FeedItem))
    assert (item.source_id, item.person_id, item.candidate_id) == (
        logged.action_id,
        desk.people.sanne.id,
        desk.candidate.id,
    )
    action.undo(desk.people.sanne, logged.action_id, NOW)
    assert told() == []


@pytest.mark.parametrize(
    "facts", [{"outcome": Outcome.SPOKE}, {"at": NOW - 2 * DAY}, {"source": "import", "external_id": "a"}]
)
def test_the_daily_work_the_past_and_a_file_are_no_news(desk: Desk, facts: dict[str, object]) -> None:
    desk.log(**({"outcome": Outcome.APPOINTMENT, "now": NOW} | facts))  # type: ignore[arg-type] # facts of a contact
    assert told() == []


def test_a_milestone_is_told_when_its_week_is_settled(desk: Desk) -> None:
    for week in range(4):
        work(desk, FRIDAY + week * WEEK)
        block_settling.settle_all(NOON + week * WEEK)
        assert told() == (["streak"] if week == 3 else [])
    (item,) = db.session.scalars(select(FeedItem))
    assert item.number == 4


def test_a_best_week_is_told_after_four_to_compare_with(desk: Desk) -> None:
    for week in range(1, 5):
        stand(desk, week, 100)
    stand(desk, 0, 110)
    block_settling.settle_all(NOON)
    assert told() == ["record"]


def test_a_week_as_good_as_another_is_none(desk: Desk) -> None:
    for week in range(5):
        stand(desk, week, 100)
    block_settling.settle_all(NOON)
    assert told() == []


def stand(desk: Desk, weeks_ago: int, points: int) -> None:
    """Sanne had so many points then."""
    place = {"program_id": desk.program_id, "scope": "person", "period": "week", "subject_id": desk.people.sanne.id}
    row = dict.fromkeys(
        ("actions", "helped", "verified", "standard_days", "available_days", "head_start", "sort_key", "tie_key"), 0
    )
    start = MONDAY - weeks_ago * clock.WEEK
    db.session.execute(insert(Standing).values(period_start=start, points=points, hidden=False, **place, **row))


def fan(desk: Desk) -> None:
    """A form and a whole application on two days."""
    days = [("form", 0), ("application_completed", 1)]
    take_in_many([hit(desk.candidate.id, *each) for each in days], MARCH + DAY)


def test_a_fan_is_the_news_of_whoever_looks_after_them(desk: Desk) -> None:
    fan(desk)
    (item,) = db.session.scalars(select(FeedItem))
    assert (item.kind, item.person_id) == ("fan", desk.people.sanne.id)
    good_news.no_fan(desk.candidate.id, MARCH + 9 * DAY)
    assert told() == []


@pytest.mark.parametrize(("days_ago", "found"), [(0, ["rescue"]), (2, [])])
def test_a_rescue_is_told_when_it_happens(desk: Desk, days_ago: int, found: list[str]) -> None:
    attempt = Attempt(1, desk.people.sanne.id, None, 1, desk.program_id)
    good_news.of_rescue(attempt, desk.candidate.id, NOW - days_ago * DAY, NOW)
    assert told() == found
