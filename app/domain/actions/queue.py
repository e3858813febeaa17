"""The queue of a follow-up block: cards in an order that is frozen when it starts, worked through one by one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class Queue(Base):
    """Of one person and, as long as it has not ended, their only one.

    `owner_id` is whose pool it is: one's own, or an absent colleague's. `block_at` is the start of the block in which
    it was begun; None at another time. `current_id` is the card on the screen.
    """

    __tablename__ = "queue"
    __table_args__ = (Index(None, "person_id", "ended_at"), Index(None, "started_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("shown_list.id", ondelete="SET NULL"), default=None)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    block_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    current_id: Mapped[int | None] = mapped_column(default=None)


class CardState(StrEnum):
    """SKIPPED comes back once at the end; GONE: somebody else took it, or the candidate may not be contacted now."""

    WAITING = "waiting"
    SKIPPED = "skipped"
    DONE = "done"
    PASSED = "passed"
    GONE = "gone"


class QueueCard(Base):
    """`position` orders the cards; one that is skipped gets a new one behind the last. PASSED was skipped twice."""

    __tablename__ = "queue_card"
    __table_args__ = (
        UniqueConstraint("queue_id", "candidate_id"),
        Index(None, "candidate_id"),
        Index(None, "action_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(String(16))
    state: Mapped[CardState] = mapped_column(String(8), default=CardState.WAITING)
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)
