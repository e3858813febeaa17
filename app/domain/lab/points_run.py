"""A whole run under drafted points: week after week, with how far it is, and in the end what it found."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import select

from app.clock import WEEK, Period
from app.db import db
from app.domain.game.rewarding.reward import Reward
from app.domain.lab import past_week, points_boards, points_contests, points_replay
from app.domain.lab.points_replay import Draft, Replayed, Sums

BEFORE = 8 * WEEK
"""What a day was worth in these weeks before is what everybody on a board begins with."""


class Step(NamedTuple):
    """How far a run is, from 0 to 1; the last one has what it found."""

    share: float
    result: dict[str, Any] | None = None


def run(program_id: int, draft: Draft, dates: Period, today: date) -> Iterator[Step]:
    """Nothing is written: whoever runs it may stop after any step, and begin anew."""
    kinds, warm, found = past_week.kinds_of(program_id), Replayed(), Replayed()
    before = past_week.weeks(Period(dates.start - BEFORE, dates.start))
    mondays = sorted({*before, *past_week.weeks(dates)})
    for at, monday in enumerate(mondays, 1):
        with _without_collecting():
            week = past_week.of(program_id, monday)
            points_replay.replay(week, draft, kinds, found if monday + WEEK > dates.start else warm)
        yield Step(0.97 * at / len(mondays))
    yield Step(1.0, _result(program_id, dates, today, found, {**warm.change, **found.change}))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A week is some hundred thousand small rows without a circle among them: to look for one took half of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _result(
    program_id: int, dates: Period, today: date, found: Replayed, change: Mapping[tuple[int, date], int]
) -> dict[str, Any]:
    inside = {key: points for key, points in change.items() if key[1] in dates}
    had, cents = sum(found.total.values()), _cents_a_coin(program_id)
    return {
        "actions": found.actions,
        "checked": found.checked,
        "otherwise": found.otherwise,
        "unproven": found.unproven,
        "unknown_bonus": found.unknown_bonus,
        "coins": [had, had + sum(found.change.values())],
        "cents_a_coin": cents,
        "kinds": [[each, found.logged[each], *_pair(sums)] for each, sums in sorted(found.kinds.items())],
        "teams": [[each, *_pair(sums)] for each, sums in sorted(found.teams.items(), key=lambda one: one[0] or 0)],
        "people": len(found.total),
        "moved": len({person_id for person_id, _ in inside}),
        "boards": points_boards.compare(program_id, dates, today, change),
        "contests": points_contests.compare(program_id, dates, change),
    }


def _pair(sums: Sums) -> tuple[int, int]:
    return sums.was, sums.then


def _cents_a_coin(program_id: int) -> float | None:
    """What a coin is worth in the catalogue: the reward in the middle; None where nothing has a price in money."""
    rows = db.session.execute(
        select(Reward.cents, Reward.price).where(
            Reward.program_id == program_id, Reward.retired_at.is_(None), Reward.cents > 0, Reward.price > 0
        )
    )
    worth = [cents / price for cents, price in rows]
    return round(median(worth), 4) if worth else None
