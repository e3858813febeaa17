"""Proof that the figures of days are what the rows say: some days are counted again and compared."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.oversight import day_activity
from app.domain.oversight.day_counting import IS_STANDING
from app.domain.oversight.day_events import Of, events
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_mark import known

SAMPLED = 5
AMONG = timedelta(days=365)


class Difference(NamedTuple):
    """What is kept of a measure on a day, and what the rows say."""

    days: Period
    measure: str
    kept: float
    counted: float


def differences(now: datetime, zone: ZoneInfo) -> Iterator[Difference]:
    """What is not as it should be on some days before yesterday, other days each time; nothing while none were counted.

    Only all teams together are compared: who looks after whom is another thing as soon as somebody is handed over.
    """
    last, since = clock.local_day(now, zone) - 2 * clock.DAY, known(now).since
    if since is None or last < since:
        return
    dice = random.Random(now.isoformat())  # noqa: S311 - which days are looked at is no secret
    longest = (last - max(since, last - AMONG)).days + 1
    for back in sorted(dice.sample(range(longest), min(SAMPLED, longest))):
        day = last - clock.DAY * back
        yield from _of(Period(day, day + clock.DAY), zone, now)


def _of(days: Period, zone: ZoneInfo, now: datetime) -> Iterator[Difference]:
    kept, counted = _kept(days), _counted(days, zone, now)
    for measure in sorted(kept.keys() | counted.keys()):
        if kept[measure] != counted[measure]:
            yield Difference(days, measure, kept[measure], counted[measure])


def _kept(days: Period) -> Counter[str]:
    row, did = FigureDay, ActivityDay
    query = select(row.measure, func.sum(row.number)).where(row.day == days.start, ~IS_STANDING)
    found = Counter({name: int(number) for name, number in db.session.execute(query.group_by(row.measure))})
    sums = (func.coalesce(func.sum(each), 0) for each in (did.actions, did.answered, did.tried))
    done = db.session.execute(select(*sums).where(did.day == days.start)).one()
    return found + Counter(dict(zip(("actions", "answered", "tried"), map(int, done), strict=True)))


def _counted(days: Period, zone: ZoneInfo, now: datetime) -> Counter[str]:
    found = Counter[str]()
    for key, number in events(Of([days], zone, now)).items():
        found[key.measure] += number
    for each in day_activity.of_days([days.start]):
        found += Counter({"actions": each.actions, "answered": each.answered, "tried": each.tried})
    return found
