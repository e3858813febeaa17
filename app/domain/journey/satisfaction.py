"""What a candidate thought of us: the scores of the surveys that they answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.journey.touchpoint import SURVEYS, Touchpoint

LOWEST, HIGHEST = 1, 5
LOOKED_AT = 20


class Answer(NamedTuple):
    """A score from 1 (bad) to 5 (good), with the question if the survey told it; `ours`: we asked about a stage."""

    at: datetime
    score: int
    question: str
    ours: bool = False


def latest_of(candidate_id: int, most: int = 3) -> Sequence[Answer]:
    """The newest answers that hold a score, among the newest surveys."""
    query = (
        select(Touchpoint.occurred_at, Touchpoint.payload)
        .where(Touchpoint.candidate_id == candidate_id, SURVEYS, Touchpoint.reversed_at.is_(None))
        .order_by(Touchpoint.occurred_at.desc(), Touchpoint.id.desc())
        .limit(LOOKED_AT)
    )
    read = (_answer(at, payload or {}) for at, payload in db.session.execute(query))
    return [answer for answer in read if answer][:most]


def _answer(at: datetime, payload: Mapping[str, Any]) -> Answer | None:
    told = str(payload.get("score", ""))
    if not told.isdecimal() or not LOWEST <= int(told[:9]) <= HIGHEST:
        return None
    return Answer(at, int(told), str(payload.get("question", "")), ours="stage" in payload)
