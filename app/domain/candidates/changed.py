"""That something is known anew of candidates, and since when: for software that reads only what changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update

from app.db import db
from app.domain.candidates.candidate import Candidate

PORTION = 500


def note(candidate_ids: Collection[int], now: datetime) -> None:
    """Something was written down of them beside their own row; `now` is when, and not when it happened.

    Whoever noted something later stays: a moment never goes back.
    """
    ids = sorted(set(candidate_ids))
    for start in range(0, len(ids), PORTION):
        _note(ids[start : start + PORTION], now)


def _note(ids: Sequence[int], now: datetime) -> None:
    """Held in ascending order, so that no two changes cross."""
    before = Candidate.id.in_(ids), Candidate.updated_at < now
    if len(ids) > 1:
        db.session.execute(select(Candidate.id).where(*before).order_by(Candidate.id).with_for_update(key_share=True))
    db.session.execute(update(Candidate).where(*before).values(updated_at=now))
