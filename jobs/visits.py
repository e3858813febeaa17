"""Visits of people whom we do not know: those whose visitor was introduced join, and old ones are forgotten."""

from datetime import datetime

from app.domain.actions import joining
from app.domain.journey import visit
from app.web.deadlock import outlast

PORTION = 2_000


def tidy(_owner: str, now: datetime) -> int:
    """A portion of each; answers how many visits joined or went."""
    if not visit.left_behind(1) and not visit.is_old(now):
        return 0
    return outlast(lambda: joining.catch_up(now) + visit.forget_old(now, PORTION))
