"""How a candidate wants to be reached: a channel per purpose, each time with a date and who said so."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.candidates.address import Channel

SHOWN = 20


class SaidBy(StrEnum):
    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
    IMPORTED = "imported"


class ChannelPreference(Base):
    """Which channel a candidate prefers for a purpose; the newest row counts, older ones are its history."""

    __tablename__ = "channel_preference"
    __table_args__ = (Index(None, "candidate_id", "purpose", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[str] = mapped_column(String(10), default="contact")
    channel: Mapped[Channel] = mapped_column(String(10))
    said_by: Mapped[SaidBy] = mapped_column(String(12), default=SaidBy.RECRUITER)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


def prefer(
    candidate_id: int,
    channel: Channel,
    *,
    said_by: SaidBy,
    by_id: int | None,
    now: datetime,
    purpose: str = "contact",
) -> ChannelPreference:
    """Remember which channel a candidate prefers; said again is remembered again, because it is fresh then."""
    row = ChannelPreference(
        candidate_id=candidate_id,
        purpose=purpose,
        channel=channel,
        said_by=said_by,
        recorded_by_id=by_id,
        recorded_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def preferences_of(candidate_id: int, purpose: str = "contact") -> list[ChannelPreference]:
    """What was preferred and when it was said, newest first."""
    rows = select(ChannelPreference).where(
        ChannelPreference.candidate_id == candidate_id, ChannelPreference.purpose == purpose
    )
    return list(db.session.scalars(rows.order_by(ChannelPreference.id.desc()).limit(SHOWN)))


def preferred(candidate_id: int, purpose: str = "contact") -> Channel | None:
    """The channel that a candidate prefers now, or None when nobody asked."""
    newest = preferences_of(candidate_id, purpose)[:1]
    return Channel(newest[0].channel) if newest else None
