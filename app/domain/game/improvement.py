"""Improvement: how somebody does against their own past, so that those at the bottom can be on top."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.game.compared import weighed
from app.domain.game.excerpt import BoardKey
from app.domain.game.fairness import HUNDREDTHS
from app.domain.game.running_total import PERIODS, Standing

PERIODS_BACK = 8
LEAST_PERIODS = 4
LEAST_DAYS = 2
MOST = 200
LOOKED_BACK = 26


def improvement(own: int, past: Sequence[int], half_median: int) -> int | None:
    """Hundredths of a percent of one's own average, at most 200 %; None while there are fewer than four periods.

    `past` are the scores of closed periods, newest first. Half the program's median is the least to be measured
    against, so that nobody doubles a very small number.
    """
    counted = past[:PERIODS_BACK]
    if len(counted) < LEAST_PERIODS:
        return None
    base = max(sum(counted) // len(counted), half_median, 1)
    return min(MOST * HUNDREDTHS, 100 * HUNDREDTHS * own // base)


def by_improvement(key: BoardKey) -> dict[int, int]:
    """Everybody on a board whose base line is there, with what `improvement` gives."""
    past = past_scores(key)
    half = half_median(past.values())
    found = {row.person_id: improvement(row.score, past.get(row.person_id, ()), half) for row in weighed(key)}
    return {person_id: value for person_id, value in found.items() if value is not None}


def periods_known(key: BoardKey, person_id: int) -> int:
    """How many closed periods somebody's base line has, of the four that it needs."""
    return len(past_scores(key).get(person_id, ()))


def half_median(pasts: Iterable[Sequence[int]]) -> int:
    """Half the median of what everybody usually has."""
    usual = [sum(each[:PERIODS_BACK]) // len(each[:PERIODS_BACK]) for each in pasts if each]
    return int(median(usual)) // 2 if usual else 0


def past_scores(key: BoardKey) -> Mapping[int, list[int]]:
    """The scores of the closed periods in which somebody could work at least two days, newest first."""
    return _past(key.program_id, key.period, [key.start])[key.start]


def past_weeks(program_id: int, mondays: Collection[date]) -> Mapping[date, Mapping[int, list[int]]]:
    """The same before each of these weeks, in one question."""
    return _past(program_id, "week", mondays)


def _past(program_id: int, period: str, starts: Collection[date]) -> dict[date, dict[int, list[int]]]:
    earliest = {start: _earliest(period, start) for start in starts}
    rows = select(Standing.subject_id, Standing.period_start, Standing.sort_key).where(
        Standing.program_id == program_id,
        Standing.scope == "person",
        Standing.period == period,
        Standing.period_start < max(starts),
        Standing.period_start >= min(earliest.values()),
        Standing.available_days >= LEAST_DAYS,
        Standing.hidden.is_(False),
    )
    found: dict[date, dict[int, list[int]]] = {start: defaultdict(list) for start in starts}
    for person_id, first, score in db.session.execute(rows.order_by(Standing.period_start.desc())):
        for start in starts:
            if earliest[start] <= first < start:
                found[start][person_id].append(score)
    return found


def _earliest(period: str, start: date) -> date:
    """The start of the earliest period that is looked at."""
    if period not in {"week", "month"}:
        return date.min
    for _ in range(LOOKED_BACK if period == "week" else LOOKED_BACK // 2):
        start = PERIODS[period](start - clock.DAY).start
    return start
