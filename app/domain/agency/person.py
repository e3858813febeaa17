"""A person who works at the agency: name, role, team, and how they want to see Fanfare."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Role(StrEnum):
    RECRUITER = "recruiter"
    MEMBER = "member"
    LEAD = "lead"
    SPONSOR = "sponsor"
    ADMIN = "admin"


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(120), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True, default=None)
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    role: Mapped[Role] = mapped_column(String(12), default=Role.RECRUITER)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True, default=None)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    language: Mapped[str | None] = mapped_column(String(2), default=None)
    theme: Mapped[str] = mapped_column(String(6), default="system")
    keys_enabled: Mapped[bool] = mapped_column(default=True)
    joined_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None
