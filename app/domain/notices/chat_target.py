"""A chat to which notices go besides: of one person, of a team, or of the whole agency."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class ChatTarget(Base):
    """Of `person_id`, of `team_id`, or of neither: of everybody. Whoever has `secret_url` may write there.

    `failed_at` and `failure` tell of the last message when it could not be handed over.
    """

    __tablename__ = "chat_target"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    label: Mapped[str] = mapped_column(String(80))
    service: Mapped[str] = mapped_column(String(20))
    secret_url: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failure: Mapped[str | None] = mapped_column(String(300), default=None)


def has_own(person_id: int) -> bool:
    """Whether somebody can be told in a chat of their own."""
    mine = select(ChatTarget.id).where(ChatTarget.person_id == person_id, ChatTarget.paused_at.is_(None))
    return db.session.scalar(mine.limit(1)) is not None
