"""Objection to a score: from that moment there is none, and when it is taken back everything counts anew."""

from datetime import datetime

from app.domain.candidates import contact_flags
from app.domain.scoring import engagement, fan


def record(candidate_id: int, now: datetime, *, objects: bool) -> None:
    """Remember it, and let the score follow at once."""
    contact_flags.objected(candidate_id, now if objects else None)
    engagement.replay(candidate_id, now)
    fan.rejudge([candidate_id], now)
