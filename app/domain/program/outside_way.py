"""How candidates reach the agency, on the page for everybody: a channel, its address, and when somebody is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db

CHANNELS = ("phone", "whatsapp", "email", "sms")
"""Those on which an agency as a whole can be reached, in the order in which they stand there."""


@dataclass(frozen=True, slots=True)
class Way:
    """`address` is normalised already; `days` as 12345 and minutes past midnight, none of them: any time."""

    channel: str
    address: str
    days: str = ""
    opens: int | None = None
    closes: int | None = None


class OutsideWay(Base):
    __tablename__ = "outside_way"
    __table_args__ = (UniqueConstraint("page_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    page_id: Mapped[int] = mapped_column(ForeignKey("outside_page.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(254))
    days: Mapped[str] = mapped_column(String(7), default="")
    opens: Mapped[int | None] = mapped_column(default=None)
    closes: Mapped[int | None] = mapped_column(default=None)


def keep(page_id: int, ways: Sequence[Way]) -> None:
    """These and no others."""
    db.session.execute(delete(OutsideWay).where(OutsideWay.page_id == page_id))
    for each in ways:
        row = OutsideWay(page_id=page_id, channel=each.channel, address=each.address)
        row.days, row.opens, row.closes = each.days, each.opens, each.closes
        db.session.add(row)
    db.session.flush()


def of_page(page_id: int) -> list[OutsideWay]:
    """In the order of the channels."""
    found = db.session.scalars(select(OutsideWay).where(OutsideWay.page_id == page_id))
    return sorted(found, key=lambda way: CHANNELS.index(way.channel))
