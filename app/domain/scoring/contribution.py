"""What a score is made of, for many candidates at once: their own acts, and the kinds that give most of it now."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from heapq import nlargest
from typing import Any, cast

from sqlalchemy import Table, select

from app.db import db
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring import score
from app.domain.scoring.cell import CELLS
from app.domain.scoring.fanhood import Act
from app.domain.scoring.rules import live

TOUCHPOINTS = cast("Table", Touchpoint.__table__)
HUMAN = (TOUCHPOINTS.c.verdict == "human", TOUCHPOINTS.c.reversed_at.is_(None))
LARGEST = 3


def acts(candidate_ids: Collection[int], start: datetime, end: datetime) -> defaultdict[int, set[Act]]:
    """What people, and no machines, did between two moments: each kind on each day."""
    own = TOUCHPOINTS.c.candidate_id.in_(candidate_ids), TOUCHPOINTS.c.occurred_at.between(start, end), *HUMAN
    found = defaultdict[int, set[Act]](set)
    query = select(TOUCHPOINTS.c.candidate_id, TOUCHPOINTS.c.kind, TOUCHPOINTS.c.local_date).where(*own).distinct()
    for candidate_id, kind, day in db.session.execute(query):
        found[candidate_id].add(Act(kind, day))
    return found


def largest(candidate_ids: Collection[int], now: datetime) -> defaultdict[int, list[dict[str, Any]]]:
    """The three kinds that give most of each score now: on how many days, the last of them, and how much is left."""
    rules = live()
    mine = CELLS.c.candidate_id.in_(candidate_ids), CELLS.c.ruleset_id == rules.id, CELLS.c.counted
    days = defaultdict[int, dict[str, list[tuple[date, float]]]](lambda: defaultdict(list))
    for candidate_id, kind, day, key in db.session.execute(
        select(CELLS.c.candidate_id, CELLS.c.kind, CELLS.c.local_date, CELLS.c.key).where(*mine)
    ):
        days[candidate_id][kind].append((day, score.value(key, now.timestamp(), rules.half_life)))
    found = defaultdict[int, list[dict[str, Any]]](list)
    for candidate_id, kinds in days.items():
        told = [_told(kind, of) for kind, of in sorted(kinds.items())]
        found[candidate_id] = nlargest(LARGEST, told, key=lambda one: one["points"])
    return found


def _told(kind: str, days: list[tuple[date, float]]) -> dict[str, Any]:
    left = round(sum(points for _, points in days), 2)
    return {"kind": kind, "days": len(days), "last": max(days)[0].isoformat(), "points": left}
