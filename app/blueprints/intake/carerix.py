"""How it goes with writing scores into Carerix."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.config import Settings
from app.domain.candidates.crm_id import CrmId
from app.domain.scoring import carerix_score, carerix_standing
from app.domain.scoring.carerix_standing import SHOWN, CarerixStanding


class Carerix(NamedTuple):
    """`unknown` are numbers of candidates here that nobody has there; `standing` those of nobody here with a score."""

    is_on: bool
    waiting: int
    failed: int
    written_at: datetime | None
    fault: str
    unknown: Sequence[CrmId]
    standing: Sequence[CarerixStanding]
    to_take_back: int


def present(settings: Settings) -> Carerix:
    """What there is to say of it; nothing is asked while it is off."""
    if not settings.writes_carerix:
        return Carerix(
            is_on=False, waiting=0, failed=0, written_at=None, fault="", unknown=(), standing=(), to_take_back=0
        )
    states, standing = carerix_score.state(), carerix_standing.left()
    return Carerix(
        is_on=True,
        waiting=states.get("pending", 0) + states.get("sending", 0),
        failed=states.get("failed", 0),
        written_at=carerix_score.last_written_at(),
        fault=carerix_score.last_fault(),
        unknown=carerix_score.known_to_nobody(),
        standing=standing,
        to_take_back=len(standing) if len(standing) < SHOWN else carerix_standing.how_many_left(),
    )
