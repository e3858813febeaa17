"""How a candidate wants to be reached: a channel per purpose, each time with a date and who said so."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.address import Channel

SHOWN = 20


class SaidBy(StrEnum):
    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
    IMPORTED = "imported"


class ChannelPreference(Base):
    """How a candidate wants to be reached for a purpose; the newest row counts, older ones are its history.

    `channel` is the first of `channels`. `days` are ISO weekdays, as in "12345"; empty: any working day. The minutes
    count from midnight in the agency's zone. `arrangement` is how they like it done: forms alone or together, an
    interview by proposed times or by phone.
    """

    __tablename__ = "channel_preference"
    __table_args__ = (Index(None, "candidate_id", "purpose", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[str] = mapped_column(String(10), default="contact")
    channel: Mapped[Channel] = mapped_column(String(10), info=PERSONAL)
    channels: Mapped[list[str]] = mapped_column(JSON, default_factory=list, info=PERSONAL)
    days: Mapped[str] = mapped_column(String(7), default="", info=PERSONAL)
    from_minute: Mapped[int | None] = mapped_column(SmallInteger, default=None, info=PERSONAL)
    until_minute: Mapped[int | None] = mapped_column(SmallInteger, default=None, info=PERSONAL)
    language: Mapped[str | None] = mapped_column(String(2), default=None, info=PERSONAL)
    no_voicemail: Mapped[bool] = mapped_column(default=False, info=PERSONAL)
    arrangement: Mapped[str] = mapped_column(String(20), default="", info=PERSONAL)
    note: Mapped[str] = mapped_column(String(300), default="", info=PERSONAL)
    said_by: Mapped[SaidBy] = mapped_column(String(12), default=SaidBy.RECRUITER, info=PERSONAL)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)


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
