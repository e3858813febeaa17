"""How often somebody answers, by channel and part of the local day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.candidates import reach

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("hour", "part"), [(8, "morning"), (10, "morning"), (11, "afternoon"), (15, "afternoon"), (16, "evening")]
)
def test_the_part_of_a_day_is_that_of_the_wall_clock(hour: int, part: str) -> None:
    assert reach.part_of(datetime(2026, 3, 4, hour, 59, tzinfo=UTC), ZONE) == part


def test_attempts_count_where_they_were_made() -> None:
    counts: dict[str, list[int]] | None = None
    morning, evening = (datetime(2026, 3, 4, hour, tzinfo=UTC) for hour in (9, 18))
    for channel, at, answered in (("phone", morning, True), ("phone", evening, False), (None, evening, True)):
        counts = reach.counted(counts, reach.place(channel, at, ZONE), answered=answered)
    assert counts == {"phone:morning": [1, 1], "phone:evening": [0, 1], ":evening": [1, 1]}
    assert reach.of(counts, "phone", "evening") == (0, 1)
    assert reach.of(counts, "email", "evening") == (0, 0)
    assert reach.of(counts, None, "evening") == (1, 2)
