"""The days of a period and the evening of which it is told how the pool stood, around the changes of the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.domain.oversight.day_reading import evening
from app.domain.oversight.scope import Question, scope_of

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("now", "today", "before"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28), date(2026, 2, 22)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 1)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 1)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30), date(2026, 3, 1)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25), date(2026, 9, 27)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25), date(2026, 9, 27)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26), date(2026, 9, 27)),
    ],
)
def test_four_weeks_are_twenty_eight_days_of_whatever_length(now: datetime, today: date, before: date) -> None:
    scope = scope_of(Question(), None, {}, now=now, zone=ZONE)
    assert scope.before is not None
    assert (scope.today, scope.days.end, scope.length) == (today, today + clock.DAY, 28)
    assert scope.before.end == scope.days.start
    assert evening(today, today) == today
    assert evening(scope.before.end - clock.DAY, today) == before
    assert before.weekday() == 6
