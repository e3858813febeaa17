"""When somebody wants to be told: not at night, not while away, and if they like all of a day at once."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import String, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.notices.quiet import Quiet


class Times(NamedTuple):
    """What somebody can choose; the days before `away_until` are days off."""

    quiet: Quiet | None = None
    once_a_day: bool = False
    away_until: date | None = None


AT_ONCE = Times()
"""Of whoever chose nothing."""


class DeliveryTimes(Base):
    """Quiet from `quiet_from` until `quiet_until`, in minutes after local midnight and often over it; None: never.

    `once_a_day`: what may wait comes in one mail a day. Nothing that may be left out is sent before `away_until`.
    """

    __tablename__ = "delivery_choice"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    quiet_from: Mapped[int | None] = mapped_column(default=None)
    quiet_until: Mapped[int | None] = mapped_column(default=None)
    once_a_day: Mapped[bool] = mapped_column(default=False)
    away_until: Mapped[date | None] = mapped_column(default=None)

    @property
    def times(self) -> Times:
        both = self.quiet_from is not None and self.quiet_until is not None
        quiet = Quiet(self.quiet_from or 0, self.quiet_until or 0) if both else None
        return Times(quiet, self.once_a_day, self.away_until)


def of(recipient: str) -> Times:
    """What somebody chose."""
    return of_many([recipient]).get(recipient, AT_ONCE)


def of_many(recipients: Collection[str]) -> Mapping[str, Times]:
    """What these chose; who is missing chose nothing."""
    rows = select(DeliveryTimes).where(DeliveryTimes.recipient.in_(recipients))
    found = db.session.scalars(rows, execution_options={"populate_existing": True}) if recipients else ()
    return {row.recipient: row.times for row in found}


def once_a_day() -> Mapping[str, datetime]:
    """Who wants all of a day at once, each with the moment of their last choice."""
    rows = select(DeliveryTimes.recipient, DeliveryTimes.changed_at).where(DeliveryTimes.once_a_day.is_(True))
    return {row.recipient: row.changed_at for row in db.session.execute(rows.order_by(DeliveryTimes.recipient))}


def choose(recipient: str, times: Times, now: datetime) -> None:
    """From now on it is so; whoever wants nothing special leaves no row."""
    if times == AT_ONCE:
        db.session.execute(delete(DeliveryTimes).where(DeliveryTimes.recipient == recipient))
        return
    starts, ends = times.quiet or (None, None)
    facts = {
        "changed_at": now,
        "quiet_from": starts,
        "quiet_until": ends,
        "once_a_day": times.once_a_day,
        "away_until": times.away_until,
    }
    put = insert(DeliveryTimes).values(recipient=recipient, **facts)
    db.session.execute(put.on_conflict_do_update(index_elements=["recipient"], set_=facts))
