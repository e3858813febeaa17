"""Clicks that wait for their verdict: within a minute and a half a scanner has shown what it is."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import ForeignKey, Index, String, Table, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.journey.machine import Verdict

WINDOW = timedelta(seconds=90)
BURST_WITHIN = timedelta(seconds=30)
BURST_LINKS = 3


class Settling(Base):
    """`message` is what the links came in, `link` tells them apart, and an open has none; the row goes once settled.

    `becomes` is the verdict when nothing speaks against it.
    """

    __tablename__ = "settling"
    __table_args__ = (Index(None, "message", "at"), Index(None, "settles_at"))

    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"), primary_key=True)
    message: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settles_at: Mapped[datetime] = mapped_column(UtcDateTime)
    trapped: Mapped[bool] = mapped_column(default=False)
    becomes: Mapped[str] = mapped_column(String(8), default="human")


class Click(NamedTuple):
    """A touchpoint that came in by a link of a message; `trapped`: by a link that no person sees."""

    touchpoint_id: int
    candidate_id: int
    source: str
    message: str
    link: str
    at: datetime
    becomes: Verdict = Verdict.HUMAN
    trapped: bool = False


TABLE = cast("Table", Settling.__table__)
INSERT = insert(TABLE).on_conflict_do_nothing(index_elements=["touchpoint_id"])


def wait(clicks: Sequence[Click], now: datetime) -> set[str]:
    """Let clicks settle that came in a message; answers the messages."""
    rows = [_row(click, now) for click in sorted(clicks, key=lambda click: click.touchpoint_id) if click.message]
    if rows:
        db.session.connection().execute(INSERT, rows)
    return {str(row["message"]) for row in rows}


def _row(click: Click, now: datetime) -> dict[str, object]:
    return {
        "touchpoint_id": click.touchpoint_id,
        "message": _name(click.candidate_id, click.source, click.message),
        "link": _hash(click.link) if click.link else "",
        "at": click.at,
        "settles_at": now + WINDOW,
        "trapped": click.trapped,
        "becomes": click.becomes,
    }


def _name(candidate_id: int, source: str, message: str) -> str:
    """A message as one candidate got it: mail tools call a whole campaign by one name."""
    return _hash(f"{candidate_id}\n{source}\n{message}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def caught(messages: Collection[str]) -> list[int]:
    """The touchpoints of those messages in which a machine gave itself away: all that settle within its window."""
    query = select(Settling).where(Settling.message.in_(messages)).order_by(Settling.message, Settling.at)
    found: dict[str, list[Settling]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.message, []).append(row)
    return [row.touchpoint_id for rows in found.values() for row in _of_machine(rows)]


def _of_machine(rows: Sequence[Settling]) -> list[Settling]:
    """The clicks near a moment at which a machine was seen; `rows` are of one message, in order of time."""
    moments = [moment for moment in rows if moment.trapped or _is_burst(moment, rows)]
    return [row for row in rows if any(abs(row.at - moment.at) <= WINDOW for moment in moments)]


def _is_burst(first: Settling, rows: Iterable[Settling]) -> bool:
    near = {row.link for row in rows if row.link and first.at <= row.at <= first.at + BURST_WITHIN}
    return len(near) >= BURST_LINKS


def due(now: datetime, limit: int) -> list[int]:
    """The touchpoints of clicks whose time is over, those that wait longest first."""
    over = select(Settling.touchpoint_id).where(Settling.settles_at <= now)
    return list(db.session.scalars(over.order_by(Settling.settles_at, Settling.touchpoint_id).limit(limit)))


def settled(touchpoint_ids: Collection[int]) -> list[Settling]:
    """Take these clicks out; those that nobody else took."""
    waiting = select(Settling).where(Settling.touchpoint_id.in_(touchpoint_ids)).order_by(Settling.touchpoint_id)
    rows = list(db.session.scalars(waiting.with_for_update(skip_locked=True)))
    db.session.execute(delete(TABLE).where(TABLE.c.touchpoint_id.in_([row.touchpoint_id for row in rows])))
    return rows
