"""What was just taken in, told to whom it concerns."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.journey.touchpoint import Recorded
from app.domain.scoring.engagement import Warming


def tell(fresh: Sequence[Recorded], warmed: Mapping[int, Warming], now: datetime, *, silent: bool = False) -> None:
    """Tell of what candidates did and of scores that it moved; `silent`: of the past, which is no news."""
