"""The stages of the journey: a candidate moves from one to another, and each move is kept."""

from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.candidates import stage_move
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove

__all__ = ["Stage", "StageMove", "move", "moves_of"]

SHOWN = 50


def move(candidate: Candidate, to: Stage, *, reason: str, by_id: int | None, now: datetime) -> StageMove | None:
    """Move a candidate to a stage; None when they were there already."""
    if candidate.stage == to:
        return None
    row = stage_move.record(candidate.id, str(candidate.stage), str(to), reason=reason, by_id=by_id, now=now)
    candidate.stage, candidate.updated_at = to, now
    db.session.flush()
    return row


def moves_of(candidate_id: int) -> list[StageMove]:
    """How a candidate came to the stage they are in, newest first."""
    rows = select(StageMove).where(StageMove.candidate_id == candidate_id)
    return list(db.session.scalars(rows.order_by(StageMove.moved_at.desc(), StageMove.id.desc()).limit(SHOWN)))
