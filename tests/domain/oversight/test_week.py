"""Actions per week against adding them up one by one."""

from collections import Counter
from datetime import date, timedelta

import pytest

from app import clock
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect
from app.domain.oversight.week import last_weeks
from tests.domain.oversight.scene import NOW, ZONE, Scene, scene
from tests.domain.oversight.test_adoption import A_WEEK_AGO

MONDAY = date(2026, 10, 26)


@pytest.fixture
def made(session: None) -> Scene:
    return scene()


def counted(made: Scene) -> list[EngagementAction]:
    return [one for one in made.actions if one.person_id and not one.undone_at and one.occurred_at <= NOW]


def took_part(made: Scene, action: EngagementAction) -> bool:
    return made.effect(action) in (Effect.ANSWERED, Effect.HEARD)


def test_twelve_weeks(made: Scene) -> None:
    found = Counter((clock.week_of(one.local_date).start, took_part(made, one)) for one in counted(made))
    weeks = last_weeks(NOW, ZONE).rows
    assert [week.monday for week in weeks] == [MONDAY - timedelta(7 * back) for back in range(11, -1, -1)]
    assert all(week[1:] == (found[week.monday, True], found[week.monday, False]) for week in weeks)
    assert min(week.actions for week in weeks) > 0


def test_change_since_the_same_hour_last_week(made: Scene) -> None:
    weeks = last_weeks(NOW, ZONE)
    before = [one for one in counted(made) if MONDAY - timedelta(7) <= one.local_date < MONDAY]
    assert weeks.answered_before == sum(took_part(made, one) for one in before if one.occurred_at <= A_WEEK_AGO) > 0
    assert weeks.change == weeks.rows[-1].answered - weeks.answered_before


def test_nothing_yet(session: None) -> None:
    weeks = last_weeks(NOW, ZONE)
    assert (len(weeks.rows), sum(week.actions for week in weeks.rows), weeks.change) == (12, 0, 0)
