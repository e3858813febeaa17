"""A fan: a candidate whose own acts on several days made their score high, until it has cooled well below that."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class FanMoment(Base):
    """`reasons` are the three largest contributions. `silent`: found by an import or a replay, and told to nobody.

    `leaves_at` is when the score will have cooled below the threshold if nothing more happens; open while `left_at` is
    empty.
    """

    __tablename__ = "fan_moment"
    __table_args__ = (
        Index(
            "uq_fan_moment_open",
            "candidate_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(None, "candidate_id", "entered_at"),
        Index(None, "leaves_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    leaves_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    silent: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list, info=PERSONAL)
