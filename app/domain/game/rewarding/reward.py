"""A reward in the catalogue: what it is, what it costs in coins, and for whom it is there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class RewardKind(StrEnum):
    """What it is, as payroll sees it."""

    TIME_OFF = "time_off"
    VOUCHER = "voucher"
    GOODS = "goods"
    EXPERIENCE = "experience"
    DONATION = "donation"
    SYMBOLIC = "symbolic"


class Reward(Base):
    """`price` is in coins, `cents` its value including VAT; `stock` is how many are left, None: there is no end to it.

    `per_person` is how many one person may have; `level` the level from which it can be had (0: everybody). It can be
    asked for from `first` to `last`, both included; None: no such day. Without `approval` a request is granted at once.
    """

    __tablename__ = "reward"
    __table_args__ = (CheckConstraint("stock IS NULL OR stock >= 0", name="stock"), Index(None, "program_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title_nl: Mapped[str] = mapped_column(String(80))
    title_en: Mapped[str] = mapped_column(String(80), default="")
    text_nl: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    price: Mapped[int]
    cents: Mapped[int] = mapped_column(default=0)
    stock: Mapped[int | None] = mapped_column(default=None)
    per_person: Mapped[int | None] = mapped_column(default=None)
    level: Mapped[int] = mapped_column(default=0)
    approval: Mapped[bool] = mapped_column(default=True)
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
