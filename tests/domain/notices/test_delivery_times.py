"""When somebody wants to be told: kept as it is chosen, and no row for whoever wants nothing special."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.notices import delivery_times
from app.domain.notices.delivery_times import AT_ONCE, DeliveryTimes, Times
from app.domain.notices.quiet import Quiet

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(
    "times", [Times(Quiet(1320, 420)), Times(once_a_day=True), Times(away_until=date(2026, 12, 1)), Times(Quiet(0, 1))]
)
def test_it_is_kept(times: Times) -> None:
    delivery_times.choose("person:1", Times(Quiet(60, 120), once_a_day=True), NOW)
    delivery_times.choose("person:1", times, NOW)
    assert delivery_times.of("person:1") == times
    assert delivery_times.of("person:2") == AT_ONCE


def test_nothing_special_leaves_no_row() -> None:
    delivery_times.choose("person:1", Times(once_a_day=True), NOW)
    assert delivery_times.once_a_day() == {"person:1": NOW}
    delivery_times.choose("person:1", AT_ONCE, NOW)
    assert db.session.scalar(select(func.count()).select_from(DeliveryTimes)) == 0
