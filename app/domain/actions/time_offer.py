"""Three times that a recruiter proposes to a candidate by a link: the one they pick becomes a promise."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class TimeOffer(Base):
    """`starts` are the moments offered, in ISO 8601 and UTC; open until `expires_at`, `picked_at` or `withdrawn_at`."""

    __tablename__ = "time_offer"
    __table_args__ = (Index(None, "candidate_id", "made_at"), Index(None, "person_id", "made_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("candidate_link.id"), default=None)
    channel: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    minutes: Mapped[int]
    starts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    picked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    picked: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
