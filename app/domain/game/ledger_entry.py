"""A row of the points ledger: written once, never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime

EARN = "earn"
BONUS = "bonus"
REVERSAL = "reversal"
PROOF = "proof"
BY_HAND = "adjustment"
"""The source of points that somebody gave or took by hand."""


class LedgerEntry(Base):
    """`candidate_id` is an opaque number that outlives the candidate; `nth` counts reversals of the same earning.

    `person_id` None: a whole team is credited.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("idempotency_key", "line"),
        UniqueConstraint("person_id", "candidate_id", "action_kind_id", "local_date", "nth"),
        Index(None, "person_id", "local_date"),
        Index(None, "candidate_id", "local_date"),
        Index(None, "local_date"),
        Index(None, "source_kind", "source_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    kind: Mapped[str] = mapped_column(String(8))
    action_kind_id: Mapped[int | None] = mapped_column(ForeignKey("action_kind.id"), default=None)
    rule_version: Mapped[int | None] = mapped_column(default=None)
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20), default="")
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    local_date: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(8))
    candidate_id: Mapped[int | None] = mapped_column(default=None)
    source_kind: Mapped[str] = mapped_column(String(12), default="action")
    source_id: Mapped[int]
    nth: Mapped[int | None] = mapped_column(default=None)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), unique=True, default=None)
    idempotency_key: Mapped[bytes | None] = mapped_column(LargeBinary(16), default=None)
    line: Mapped[int] = mapped_column(default=0)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
