"""A screen on the wall: a link that shows the board without signing in, until it is revoked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Screen(Base):
    """Only the hash of its token is kept; without a team it shows the whole program."""

    __tablename__ = "screen"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    seconds: Mapped[int] = mapped_column(default=15)
    sound: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
