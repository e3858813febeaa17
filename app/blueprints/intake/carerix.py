"""How it goes with writing scores into Carerix."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.config import Settings
from app.domain.candidates.crm_id import CrmId
from app.domain.scoring import carerix_score


class Carerix(NamedTuple):
    """`unknown` are numbers of candidates here that nobody has there."""

    is_on: bool
    waiting: int
    failed: int
    written_at: datetime | None
    fault: str
    unknown: Sequence[CrmId]


def present(settings: Settings) -> Carerix:
    """What there is to say of it; nothing is asked while it is off."""
    if not settings.writes_carerix:
        return Carerix(is_on=False, waiting=0, failed=0, written_at=None, fault="", unknown=())
    states = carerix_score.state()
    return Carerix(
        is_on=True,
        waiting=states.get("pending", 0) + states.get("sending", 0),
        failed=states.get("failed", 0),
        written_at=carerix_score.last_written_at(),
        fault=carerix_score.last_fault(),
        unknown=carerix_score.known_to_nobody(),
    )
