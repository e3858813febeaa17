"""The nightly check: a sample of the candidates is counted anew and compared with what stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select

from app.db import db
from app.domain.candidates.contact_state import TABLE as STATES
from app.domain.journey.touchpoint import TABLE as TOUCHPOINTS
from app.domain.scoring import cell, engagement
from app.domain.scoring.cell import SCORES
from app.domain.scoring.rules import live_for_writing
from app.domain.scoring.score_check import ScoreCheck

FEWEST = 100
ONE_IN = 100
SAME_SECONDS = 0.01
PORTION = 200


class Difference(NamedTuple):
    """A candidate whose score is not what their touchpoints say, and by how many seconds of tau."""

    candidate_id: int
    seconds: float


def check(now: datetime) -> ScoreCheck:
    """Count one candidate in a hundred anew, at least a hundred, and remember what came out."""
    ids = _sample()
    found = [
        difference for at in range(0, len(ids), PORTION) for difference in differences(ids[at : at + PORTION], now)
    ]
    worst = max(found, key=lambda difference: difference.seconds, default=None)
    row = ScoreCheck(
        ruleset_id=live_for_writing(now).id,
        at=now,
        sampled=len(ids),
        differing=len(found),
        worst=worst.seconds if worst else 0.0,
        example=worst.candidate_id if worst else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _sample() -> list[int]:
    """Whoever did something, whether they have a score or not."""
    scored = db.session.scalar(select(func.count()).select_from(SCORES)) or 0
    acted = exists().where(TOUCHPOINTS.c.candidate_id == STATES.c.candidate_id)
    some = select(STATES.c.candidate_id).where(acted).order_by(func.random()).limit(max(FEWEST, scored // ONE_IN))
    return sorted(db.session.scalars(some))


def differences(candidate_ids: Sequence[int], now: datetime) -> Iterator[Difference]:
    """Those of these candidates whose score, or the copy of it that lists use, is not what their touchpoints say."""
    held = select(STATES.c.candidate_id, STATES.c.tau).where(STATES.c.candidate_id.in_(candidate_ids))
    copies = dict(db.session.execute(held.order_by(STATES.c.candidate_id).with_for_update()).all())
    kept = cell.taus(live_for_writing(now).id, candidate_ids)
    counted = engagement.taus_of(candidate_ids)
    for candidate_id, copy in copies.items():
        right = counted.get(candidate_id)
        seconds = max(_apart(right, kept.get(candidate_id)), _apart(right, copy))
        if seconds >= SAME_SECONDS:
            yield Difference(candidate_id, seconds)


def _apart(one: float | None, other: float | None) -> float:
    """A score where there should be none, or none where there should be one, differs by all of it."""
    return abs((one or 0.0) - (other or 0.0))
