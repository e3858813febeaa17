"""Prizes of a competition: for places, in the raffle, for a team, or kept for a surprise."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class PrizeKind(StrEnum):
    """For what it is given."""

    TEAM = "team"
    RAFFLE = "raffle"
    PLACE = "place"
    SURPRISE = "surprise"


class Prize(Base):
    """`number` of them are there, each worth `cents` including VAT; `place` is for which place, from 1.

    `divisible`: money, which those who share a place share; else one of them gets it by a recorded draw.
    `per_person`: everybody on the winning side, or who takes part, gets one. `kind_of_reward` is what payroll calls it.
    """

    __tablename__ = "prize"
    __table_args__ = (Index(None, "competition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    kind: Mapped[str] = mapped_column(String(8))
    place: Mapped[int | None] = mapped_column(default=None)
    number: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(120))
    cents: Mapped[int] = mapped_column(default=0)
    kind_of_reward: Mapped[str] = mapped_column(String(10), default="voucher")
    divisible: Mapped[bool] = mapped_column(default=False)
    per_person: Mapped[bool] = mapped_column(default=False)


class PrizeAward(Base):
    """A prize that was won, written when the result becomes final; `nth` numbers the winners of one prize from 1.

    Without `person_id` it is for a side as a whole, and without `side_id` too for all who took part together.
    """

    __tablename__ = "prize_award"
    __table_args__ = (
        UniqueConstraint("prize_id", "nth"),
        Index(None, "competition_id"),
        Index(None, "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    nth: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    side_id: Mapped[int | None] = mapped_column(ForeignKey("competition_side.id"), default=None)
    cents: Mapped[int]
    won_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def prizes_of(competition_id: int) -> Sequence[Prize]:
    """The prizes: of teams, of places, of the raffle, and what is kept for a surprise."""
    rows = select(Prize).where(Prize.competition_id == competition_id)
    return db.session.scalars(rows.order_by(Prize.kind, Prize.place, Prize.id)).all()


def titles_of(prize_ids: Collection[int]) -> Mapping[int, str]:
    """What these prizes are called."""
    rows = select(Prize.id, Prize.title).where(Prize.id.in_(prize_ids))
    return {row[0]: row[1] for row in db.session.execute(rows)}
