"""A lead's week beside the one before, also when the clock was changed in between."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.oversight.team_week import week_earlier

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 6, 10, 8, tzinfo=UTC), datetime(2026, 6, 3, 8, tzinfo=UTC)),
        (datetime(2026, 3, 30, 7, tzinfo=UTC), datetime(2026, 3, 23, 8, tzinfo=UTC)),
        (datetime(2026, 4, 5, 7, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 10, 26, 8, tzinfo=UTC), datetime(2026, 10, 19, 7, tzinfo=UTC)),
        (datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 4, 5, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
    ids=["summer", "spring, nine is nine", "after it", "autumn, nine is nine", "after that", "no such hour"],
)
def test_the_same_hour_on_the_wall(now: datetime, then: datetime) -> None:
    """On 29 March half past two does not exist: it is told as an hour later."""
    assert week_earlier(now, ZONE) == then
