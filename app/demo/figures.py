"""The figures of the demo's days are kept, as the job keeps them, so that the sponsor's page can be asked at once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.oversight import day_keeping


def keep(now: datetime, zone: ZoneInfo) -> None:
    """Of today, and back to the first day."""
    day_keeping.keep(day_keeping.look_at_new(now, zone))
    while (back := day_keeping.look_back(now, zone)) is not None:
        day_keeping.keep(back)
