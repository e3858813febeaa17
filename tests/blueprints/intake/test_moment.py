"""When an event happened: its own time, as wrong as its sender's clock is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.intake.moment import happened_at

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("said", "sent", "hour"),
    [
        ({}, None, 12),
        ({"timestamp": ""}, None, 12),
        ({"timestamp": "2026-03-02T09:00:00"}, None, 9),
        ({"timestamp": "2026-03-02T09:00:00Z"}, "2026-03-02T12:00:00Z", 9),
        ({"timestamp": "2026-03-02T19:00:00Z"}, "2026-03-02T20:00:00Z", 11),
        (
            {"originalTimestamp": "2026-03-02T01:00:00Z", "timestamp": "2026-03-02T09:00:00Z"},
            "2026-03-02T02:00:00Z",
            11,
        ),
        ({"timestamp": "2026-03-02T09:00:00Z", "sentAt": "2026-03-02T10:00:00Z"}, "2020-01-01T00:00:00Z", 11),
        ({"timestamp": "2026-03-02T09:00:00Z", "sentAt": "1970-01-01T00:00:00Z"}, None, 9),
        ({"timestamp": "2026-03-02T09:00:00Z", "sentAt": "soon"}, None, 9),
    ],
)
def test_a_clock_that_is_wrong_is_put_right(said: dict[str, str], sent: str | None, hour: int) -> None:
    at = happened_at(said, datetime.fromisoformat(sent) if sent else None, NOW)
    assert at == NOW.replace(hour=hour)


@pytest.mark.parametrize(
    "said",
    [
        {"timestamp": "yesterday"},
        {"timestamp": 12},
        {"timestamp": "1989-12-31T00:00:00Z"},
        {"timestamp": "1990-01-02T00:00:00Z", "sentAt": "9999-12-31T00:00:00Z"},
        {"timestamp": "9999-12-31T00:00:00Z", "sentAt": "1990-01-02T00:00:00Z"},
    ],
)
def test_what_is_no_time_is_told(said: dict[str, object]) -> None:
    assert happened_at(said, None, NOW) is None


@given(MOMENTS, MOMENTS)
@settings(max_examples=30)
def test_how_long_before_it_was_sent_it_happened_stays(own: datetime, sent: datetime) -> None:
    at = happened_at({"timestamp": own.isoformat()}, sent, NOW)
    assert at is None or NOW - at in {sent - own, NOW - own}
