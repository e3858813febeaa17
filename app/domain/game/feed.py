"""The feed: what went well, for everybody to see, and what colleagues said to it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class FeedItem(Base):
    """`candidate_id` is an opaque number: whoever may not see the candidate gets no name."""

    __tablename__ = "feed_item"
    __table_args__ = (UniqueConstraint("kind", "source_id"), Index(None, "program_id", "happened_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    candidate_id: Mapped[int | None] = mapped_column(default=None)
    points: Mapped[int] = mapped_column(default=0)
    number: Mapped[int] = mapped_column(default=0)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Reaction(Base):
    """What somebody said to it, by one of a few signs; a second one replaces the first."""

    __tablename__ = "reaction"

    item_id: Mapped[int] = mapped_column(ForeignKey("feed_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sign: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
