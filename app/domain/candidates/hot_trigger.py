"""The hot trigger of a candidate: the newest thing that happened which asks for a contact now."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, and_, bindparam, or_, update

from app.db import db
from app.domain.candidates.contact_state import AT, TABLE, THIS

KIND = bindparam("kind", type_=String())
TRIGGERED = (
    update(TABLE)
    .where(
        THIS,
        or_(
            TABLE.c.trigger_at.is_(None),
            TABLE.c.trigger_at < AT,
            and_(TABLE.c.trigger_at == AT, TABLE.c.trigger < KIND),
        ),
    )
    .values(trigger=KIND, trigger_at=AT)
)


def triggered(candidate_id: int, kind: str, at: datetime) -> None:
    """Something happened that asks for a contact now; only the newest is kept."""
    db.session.execute(TRIGGERED, {"this": candidate_id, "kind": kind, "at": at})


def triggered_many(triggers: Iterable[tuple[int, str, datetime]]) -> None:
    """The same for many candidates."""
    rows = [{"this": candidate_id, "kind": kind, "at": at} for candidate_id, kind, at in sorted(triggers)]
    if rows:
        db.session.connection().execute(TRIGGERED, rows)
