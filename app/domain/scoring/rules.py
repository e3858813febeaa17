"""The scoring model: an immutable, numbered ruleset with the points of each touchpoint kind."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class RulesetRow(Base):
    """The newest published version is live."""

    __tablename__ = "ruleset"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version: Mapped[int] = mapped_column(unique=True)
    half_life_days: Mapped[float] = mapped_column(Double, default=21.0)
    s50: Mapped[float] = mapped_column(Double, default=25.0)
    unknown_points: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class RulePoints(Base):
    """`week_days` is the most days a week on which the kind counts; None = every day."""

    __tablename__ = "rule_points"

    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    points: Mapped[float] = mapped_column(Double)
    week_days: Mapped[int | None] = mapped_column(default=3)
    strong: Mapped[bool] = mapped_column(default=False)
