"""A candidate of an agency in Amsterdam, and touchpoints of theirs on days of March."""

from datetime import UTC, datetime, timedelta

from app.domain.actions.response import Taken, take_in_many
from app.domain.journey.touchpoint import Hit
from tests import make

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = MARCH + timedelta(days=30)


def make_candidate() -> int:
    make.agency()
    make.program()
    return make.candidate().id


def hit(candidate_id: int, kind: str, day: float, external_id: str = "") -> Hit:
    """Something that a candidate did so many days after Monday 2 March, 10:00 in Amsterdam."""
    name = external_id or f"{candidate_id}-{kind}-{day}"
    return Hit(candidate_id, kind, MARCH + timedelta(days=day), "test", name)


def take(candidate_id: int, *events: tuple[str, float], now: datetime = NOW) -> list[Taken]:
    return take_in_many([hit(candidate_id, kind, day) for kind, day in events], now)
