"""A candidate: who they are, what they seek, who looks after them and where they are in the journey."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Stage(StrEnum):
    ATTRACT = "attract"
    ENGAGE = "engage"
    NURTURE = "nurture"
    CONVERT = "convert"
    REDEPLOY = "redeploy"


class Candidate(Base):
    __tablename__ = "candidate"
    __table_args__ = (Index(None, "owner_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(160))
    sort_name: Mapped[str] = mapped_column(String(160), index=True)
    given_name: Mapped[str] = mapped_column(String(80), default="")
    role_sought: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(80), default="")
    stage: Mapped[Stage] = mapped_column(String(10), default=Stage.ATTRACT)
    origin: Mapped[str] = mapped_column(String(80), default="")
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True, default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"), index=True, default=None)
    language: Mapped[str | None] = mapped_column(String(2), default=None)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
