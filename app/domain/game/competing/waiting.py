"""What waits for those who run competitions: objections without an answer."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from app.db import db
from app.domain.game.competing.result import Dispute


def open_disputes(competition_ids: Collection[int]) -> Mapping[int, int]:
    """How many objections wait for an answer, of the competitions that have any."""
    waiting = Dispute.competition_id.in_(competition_ids), Dispute.decided_at.is_(None)
    rows = select(Dispute.competition_id, func.count()).where(*waiting).group_by(Dispute.competition_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}
