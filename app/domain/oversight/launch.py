"""The launch checklist: what makes a program begin well, ticked by what Fanfare sees or by hand."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class LaunchStep(Base):
    """A step that somebody ticked by hand."""

    __tablename__ = "launch_step"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(24), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
