"""An alert: something that somebody should hear within minutes, if it is still so when they can be told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Select, String, UniqueConstraint, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KEPT = timedelta(days=90)
"""How long it may be looked up what somebody was told."""


class AlertKind(StrEnum):
    """What somebody is told of at once, in the order in which it presses."""

    RECOVERY = "recovery"
    REPLY = "reply"
    UNFINISHED_APPLICATION = "unfinished_application"
    KEEPS_COMING_BACK = "keeps_coming_back"
    FAN = "fan"


class AlertState(StrEnum):
    WAITING = "waiting"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


class Alert(Base):
    """`recipient` and `about` are opaque (person:12, candidate:34); `period` is what makes it the same alert.

    It waits until it was `told` by a mail, or `withdrawn` because it is no longer so.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "period"),
        Index(None, "state", "due_at"),
        Index(None, "about", "state"),
        Index(None, "recipient", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(9), default=AlertState.WAITING)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def put(
    kind: AlertKind,
    recipients: Iterable[str],
    about: str,
    *,
    period: str,
    facts: Mapping[str, Any],
    now: datetime,
    due_at: datetime,
) -> int:
    """Tell each of them once; answers for how many it is new."""
    shared = {
        "kind": kind,
        "period": period,
        "about": about,
        "facts": dict(facts),
        "raised_at": now,
        "due_at": due_at,
        "state": AlertState.WAITING,
    }
    rows = [shared | {"recipient": recipient} for recipient in sorted(set(recipients))]
    if not rows:
        return 0
    unique = insert(Alert).on_conflict_do_nothing(index_elements=["kind", "recipient", "period"])
    return len(db.session.execute(unique.returning(Alert.id), rows).all())


def withdraw(about: str, kinds: Collection[AlertKind], now: datetime) -> None:
    """What was raised by now is no longer so: whoever was not told yet is not told, and what is known of it goes."""
    gone = update(Alert).where(
        Alert.about == about, Alert.kind.in_(kinds), Alert.state != AlertState.WITHDRAWN, Alert.raised_at <= now
    )
    db.session.execute(gone.values(state=AlertState.WITHDRAWN, facts={}))


def _waiting(until: datetime) -> Select[Alert]:
    """What may be told by a moment, of the kinds that this version knows; what a later one raised waits for it."""
    known = Alert.kind.in_([str(kind) for kind in AlertKind])
    waiting = select(Alert).where(Alert.state == AlertState.WAITING, Alert.due_at <= until, known)
    return waiting.order_by(Alert.due_at, Alert.id)


def due(now: datetime, limit: int = 5_000) -> Sequence[Alert]:
    """What may be told by now, whoever waits longest first."""
    return db.session.scalars(_waiting(now).limit(limit)).all()


def due_of(recipient: str, until: datetime) -> Sequence[Alert]:
    """What one recipient may be told by a moment, whatever waits longest first."""
    return db.session.scalars(_waiting(until).where(Alert.recipient == recipient)).all()


def give_up(before: datetime) -> None:
    """What could not be told since then, as quiet hours never ended, is no news; it stands under the bell."""
    stale = update(Alert).where(Alert.state == AlertState.WAITING, Alert.due_at < before)
    db.session.execute(stale.values(state=AlertState.WITHDRAWN))


def was_raised(about: str, kind: AlertKind, since: datetime) -> bool:
    """Whether the same was told, or waits to be told, since a moment."""
    query = select(Alert.id).where(Alert.about == about, Alert.kind == kind, Alert.state != AlertState.WITHDRAWN)
    return db.session.scalar(query.where(Alert.raised_at >= since).limit(1)) is not None


def forget(before: datetime) -> int:
    """Alerts that were raised before a moment have served; answers how many went."""
    old = delete(Alert).where(Alert.raised_at < before)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
