"""How a candidate wants to be reached: channels, times and arrangement per purpose, with a date and who said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.candidates import changed, contact_state
from app.domain.candidates.address import Channel

SHOWN = 20
HOURS = "days != '' OR from_minute IS NOT NULL OR until_minute IS NOT NULL"
MOST_SHOWN = 100


OWN_HOURS = text(f"({HOURS})")
"""Said as the index of those few says it, or it would not be used."""


class Purpose(StrEnum):
    """For what somebody is reached: a conversation, planning work, filling in forms, giving feedback."""

    CONTACT = "contact"
    PLANNING = "planning"
    FORMS = "forms"
    FEEDBACK = "feedback"


PURPOSES = tuple(Purpose)


class Arrangement(StrEnum):
    """Forms alone, together or filled in for them; interviews by proposed times or arranged in a call."""

    ALONE = "alone"
    TOGETHER = "together"
    FOR_THEM = "for_them"
    TIMES = "times"
    CALL = "call"


ARRANGEMENTS = {
    Purpose.FORMS: (Arrangement.ALONE, Arrangement.TOGETHER, Arrangement.FOR_THEM),
    Purpose.PLANNING: (Arrangement.TIMES, Arrangement.CALL),
}


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
    __table_args__ = (
        Index(None, "candidate_id", "purpose", "id"),
        Index("ix_channel_preference_hours", "candidate_id", postgresql_where=text(HOURS), sqlite_where=text(HOURS)),
    )

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


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of being reached: `channels` in their order, at least one; the rest as in the table."""

    channels: tuple[Channel, ...]
    days: str = ""
    from_minute: int | None = None
    until_minute: int | None = None
    language: str | None = None
    no_voicemail: bool = False
    arrangement: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.channels:
            raise ValueError("a wish names at least one channel")


def prefer(
    candidate_id: int,
    wish: Wish,
    *,
    said_by: SaidBy,
    by_id: int | None,
    now: datetime,
    purpose: str = Purpose.CONTACT,
) -> ChannelPreference:
    """Remember how a candidate wants to be reached; said again is remembered again, because it is fresh then.

    For whoever reads what changed, saying the same again is no change.

    Raises:
        Gone: they were forgotten.
    """
    contact_state.hold(candidate_id)
    before = preferences_of(candidate_id, purpose)[:1]
    row = ChannelPreference(
        candidate_id=candidate_id,
        purpose=purpose,
        channel=wish.channels[0],
        channels=[str(channel) for channel in dict.fromkeys(wish.channels)],
        days=wish.days,
        from_minute=wish.from_minute,
        until_minute=wish.until_minute,
        language=wish.language,
        no_voicemail=wish.no_voicemail,
        arrangement=wish.arrangement,
        note=wish.note,
        said_by=said_by,
        recorded_by_id=by_id,
        recorded_at=now,
    )
    db.session.add(row)
    db.session.flush()
    if [(wish_of(each), each.said_by) for each in before] != [(wish_of(row), row.said_by)]:
        changed.note([candidate_id], now)
    return row


def wish_of(row: ChannelPreference) -> Wish:
    """What was said, from the row that keeps it."""
    return Wish(
        channels=tuple(Channel(channel) for channel in row.channels) or (Channel(row.channel),),
        days=row.days,
        from_minute=row.from_minute,
        until_minute=row.until_minute,
        language=row.language,
        no_voicemail=row.no_voicemail,
        arrangement=row.arrangement,
        note=row.note,
    )


def current(candidate_id: int) -> dict[str, ChannelPreference]:
    """What counts now, by purpose; a purpose of which nothing was said is not there."""
    newest = (
        select(func.max(ChannelPreference.id))
        .where(ChannelPreference.candidate_id == candidate_id)
        .group_by(ChannelPreference.purpose)
    )
    rows = db.session.scalars(select(ChannelPreference).where(ChannelPreference.id.in_(newest)))
    return {row.purpose: row for row in rows}


def wanted(said: Mapping[str, ChannelPreference], purpose: str) -> ChannelPreference | None:
    """Of what counts now, that for a purpose; without one what they say of contact."""
    return said.get(purpose) or said.get(Purpose.CONTACT)


def history_of(candidate_id: int) -> Sequence[ChannelPreference]:
    """Everything that was said, for every purpose, newest first."""
    rows = select(ChannelPreference).where(ChannelPreference.candidate_id == candidate_id)
    return db.session.scalars(rows.order_by(ChannelPreference.id.desc()).limit(MOST_SHOWN)).all()


def recorders(rows: Sequence[ChannelPreference]) -> dict[int, str]:
    """The names of the colleagues who wrote these down."""
    ids = {row.recorded_by_id for row in rows if row.recorded_by_id}
    if not ids:
        return {}
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in found}


def preferences_of(candidate_id: int, purpose: str = Purpose.CONTACT) -> list[ChannelPreference]:
    """What was preferred for one purpose and when it was said, newest first."""
    rows = select(ChannelPreference).where(
        ChannelPreference.candidate_id == candidate_id, ChannelPreference.purpose == purpose
    )
    return list(db.session.scalars(rows.order_by(ChannelPreference.id.desc()).limit(SHOWN)))


def preferred(candidate_id: int, purpose: str = Purpose.CONTACT) -> Channel | None:
    """The channel that a candidate prefers now, or None when nobody asked."""
    newest = preferences_of(candidate_id, purpose)[:1]
    return Channel(newest[0].channel) if newest else None
