"""The raffle of a competition: a frozen list of tickets, and draws that anybody can repeat."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Raffle(Base):
    """`list_hash` is the SHA-256 of the list of tickets, written before anything was drawn from it."""

    __tablename__ = "raffle"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    list_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RaffleTicket(Base):
    """So many tickets has somebody in the draw."""

    __tablename__ = "raffle_ticket"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tickets: Mapped[int]


class RaffleDraw(Base):
    """Which ticket came out for which number of which prize; `number` counts the draws of the competition from 1."""

    __tablename__ = "raffle_draw"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    ticket: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
