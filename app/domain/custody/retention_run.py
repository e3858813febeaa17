"""A nightly run of the retention rules: whom it warned, whom it anonymised, and what it left."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class RetentionRun(Base):
    """`counts` tells how many were warned, extended and anonymised, by category."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
