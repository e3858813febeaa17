"""What the sponsor did this month, in their own words, for everybody to read."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

LATEST = 24
LONGEST = 400


class SponsorDeed(Base):
    """`day` is when it was done."""

    __tablename__ = "sponsor_deed"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(400))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


def write_down(program_id: int, day: date, text: str, *, by_id: int, now: datetime) -> SponsorDeed:
    """The sponsor did something; everybody may read it."""
    row = SponsorDeed(program_id=program_id, day=day, text=text, written_at=now, written_by_id=by_id)
    db.session.add(row)
    db.session.flush()
    return row


def take_back(deed: SponsorDeed) -> None:
    """It is told no more."""
    db.session.delete(deed)


def latest(program_id: int, most: int = LATEST) -> Sequence[SponsorDeed]:
    """What was done, the newest first."""
    rows = select(SponsorDeed).where(SponsorDeed.program_id == program_id)
    return db.session.scalars(rows.order_by(SponsorDeed.day.desc(), SponsorDeed.id.desc()).limit(most)).all()


def find(program_id: int, deed_id: int) -> SponsorDeed | None:
    """One of the program's."""
    return db.session.scalar(select(SponsorDeed).where(SponsorDeed.id == deed_id, SponsorDeed.program_id == program_id))
