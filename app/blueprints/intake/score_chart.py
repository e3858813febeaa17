"""What the drawing of a score's course needs: the line so far and to come, the signals on it, and where it cools."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from app import clock
from app.domain.scoring.course import AHEAD, BACK, Course
from app.domain.scoring.engagement import WARM, Award, Score
from app.language import short_day

PAST, WHOLE = BACK.days, BACK.days + AHEAD.days
TICK = 30


class Chart(NamedTuple):
    """Days are counted from the left edge, `now_at` of them are past; `dots` lie where something counted."""

    past: Sequence[float]
    ahead: Sequence[float]
    now_at: int
    whole: int
    dots: Sequence[tuple[int, float]]
    ticks: Sequence[tuple[int, str]]
    warm: float
    warm_at: float | None
    warm_label: str


def chart(course: Course, total: Score, awards: Iterable[Award], now: datetime, label: str) -> Chart:
    """The drawing of a course; `label` stands where the score ceases to be warm."""
    shown = [point.shown for point in course.days]
    days = {_offset(award.occurred_at, now) for award in awards if award.fate == "counted"}
    warm_at = (total.warm_until - now) / clock.DAY + PAST if total.warm_until else None
    return Chart(
        shown[: PAST + 1],
        shown[PAST:],
        PAST,
        WHOLE,
        [(day, shown[day]) for day in sorted(days) if 0 <= day <= PAST],
        [(at, short_day(now + clock.DAY * (at - PAST))) for at in range(0, WHOLE + 1, TICK)],
        WARM,
        warm_at if warm_at is not None and warm_at <= WHOLE else None,
        label,
    )


def _offset(moment: datetime, now: datetime) -> int:
    """The first day on the drawing that has it in its score."""
    return PAST - math.floor((now - moment) / clock.DAY)
