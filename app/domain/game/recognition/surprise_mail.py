"""The mail that tells somebody of a surprise."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.game.recognition.surprise import Surprise
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person

KIND = "surprise"
LOOKED_BACK = timedelta(days=2)
LIVES = timedelta(days=4)
AT_ONCE = 500


def plan_due(now: datetime, host: str) -> int:
    """Plan what is not planned yet; answers how many mails are new."""
    lately = select(Surprise).where(Surprise.given_at > now - LOOKED_BACK).order_by(Surprise.id).limit(AT_ONCE)
    rows = db.session.scalars(lately).all()
    return sum(_plan(row, now, host) for row in rows if not _is_known(row))


def _is_known(row: Surprise) -> bool:
    whose = OutboxRow.kind == KIND, OutboxRow.recipient == name_person(row.receiver_id)
    return db.session.scalar(select(OutboxRow.id).where(*whose, OutboxRow.period == _period(row))) is not None


def _period(row: Surprise) -> str:
    """By its key, because numbers of rows may come again."""
    return row.key.hex() if row.key else row.given_at.isoformat()


def _plan(row: Surprise, now: datetime, host: str) -> bool:
    return outbox.plan(
        kind=KIND,
        recipient=name_person(row.receiver_id),
        period=_period(row),
        payload={"surprise_id": row.id},
        due_at=now,
        not_after=now + LIVES,
        now=now,
        host=host,
    )
