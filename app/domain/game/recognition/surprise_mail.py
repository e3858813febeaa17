"""The mail that tells somebody of a surprise."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.game.recognition.surprise import Surprise
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person

KIND = "surprise"
LIVES = LOOKED_BACK = timedelta(days=4)
"""As long as it is worth reading it is planned, also after a weekend in which no job ran."""
AT_ONCE = 500


def plan_due(now: datetime, host: str) -> int:
    """Plan what is not planned yet; answers how many mails are new."""
    return sum(_plan(row, now, host) for rows in _lately(now) for row in _unknown(rows))


def _lately(now: datetime) -> Iterator[Sequence[Surprise]]:
    """Those of the last days, a portion at a time: however many there were, each is looked at."""
    given = select(Surprise).where(Surprise.given_at > now - LOOKED_BACK).order_by(Surprise.id).limit(AT_ONCE)
    last = 0
    while portion := db.session.scalars(given.where(Surprise.id > last)).all():
        yield portion
        last = portion[-1].id


def _unknown(rows: Sequence[Surprise]) -> list[Surprise]:
    """Those of which no mail was planned before, so that looking again writes nothing."""
    periods = OutboxRow.period.in_([_period(row) for row in rows])
    planned = select(OutboxRow.recipient, OutboxRow.period).where(OutboxRow.kind == KIND, periods)
    known = {(row[0], row[1]) for row in db.session.execute(planned)}
    return [row for row in rows if (name_person(row.receiver_id), _period(row)) not in known]


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
