"""Caps as rows: the pointed places of a candidate in a week, and how often a person logged a kind on a day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class AwardPlace(Base):
    """A pointed place of a candidate in an ISO week, over all recruiters; a reversal frees it."""

    __tablename__ = "award_place"
    __table_args__ = (
        Index(
            "uq_award_place_taken",
            "candidate_id",
            "week",
            "place_class",
            "place",
            unique=True,
            sqlite_where=text("freed_at IS NULL"),
            postgresql_where=text("freed_at IS NULL"),
        ),
    )

    action_id: Mapped[int] = mapped_column(ForeignKey("engagement_action.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    week: Mapped[date]
    place_class: Mapped[str] = mapped_column(String(12))
    place: Mapped[int]
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class AwardDay(Base):
    """How many actions of a kind a person has logged on a local day; its row lock orders concurrent writers."""

    __tablename__ = "award_day"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    actions: Mapped[int] = mapped_column(default=0)
