"""When an event happened, corrected for a clock that runs ahead or behind."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.blueprints.intake import reading

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
OWN = ("originalTimestamp", "timestamp")


def happened_at(item: Mapping[str, Any], sent: datetime | None, received: datetime) -> datetime | None:
    """Its own time, moved by what its sender's clock is wrong; without one it is now. None: it says no proper time.

    Whoever says when they sent it is as wrong about that as about the event: as long before now as before then.
    """
    said = reading.first(item, OWN)
    if said is None:
        return received
    own = reading.moment(said)
    if own is None or own < OLDEST:
        return None
    sent = reading.moment(item.get("sentAt")) or sent
    if sent is None or sent < OLDEST:
        return own
    try:
        corrected = own + (received - sent)
    except OverflowError:
        return None
    return corrected if corrected >= OLDEST else None
