"""The log of lists: who was shown whom, in which order, by which rules and from which facts; kept for twelve months."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class ShownList(Base):
    """`settings` are those of the ranking: model and working calendar. `surface`: today, queue or mail.

    `owner_id` is whose pool it is, `seed` what broke the ties; `order_hash` tells whether a list is a new one.
    """

    __tablename__ = "shown_list"
    __table_args__ = (Index(None, "person_id", "surface", "id"), Index(None, "shown_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    surface: Mapped[str] = mapped_column(String(8))
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ranked_for: Mapped[datetime] = mapped_column(UtcDateTime)
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool_size: Mapped[int]
    seed: Mapped[int]
    order_hash: Mapped[str] = mapped_column(String(32))


class ShownRow(Base):
    """`inputs` are the facts by which the candidate was ranked, `lower` how many of the pool had waited less.

    `propensity` is the chance with which this row was shown here: 1 for what follows from the rules alone.
    """

    __tablename__ = "shown_row"
    __table_args__ = (UniqueConstraint("list_id", "position"), Index(None, "candidate_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    list_id: Mapped[int] = mapped_column(ForeignKey("shown_list.id", ondelete="CASCADE"))
    position: Mapped[int]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    slot: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int | None] = mapped_column(info=PERSONAL)
    contributions: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    inputs: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    lower: Mapped[int] = mapped_column(default=0)
    propensity: Mapped[float] = mapped_column(default=1.0)
