"""The lab's logbook: who drafted, tried, stopped, published or threw away what, and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class LabEntry(Base):
    """`what` is a code whose sentence is made when it is read; `facts` are what the sentence needs."""

    __tablename__ = "lab_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("lab_draft.id"), default=None)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("lab_run.id"), default=None)
