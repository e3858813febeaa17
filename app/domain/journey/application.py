"""An application: how far a candidate came with a vacancy, and when we last told them something about it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class ApplicationState(StrEnum):
    STARTED = "started"
    COMPLETED = "completed"
    IN_PROCEDURE = "in_procedure"
    INTERVIEWED = "interviewed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PLACED = "placed"


class Application(Base):
    """`state_at` is when the state began, `active_at` when the candidate last did something, `told_at` our last word.

    `stopped_at`: it was found unfinished then. `resumed_at`: the candidate went on after that. `step` is where they
    were. `kept_in_mind`: what a rejected candidate answered; `next_on` when they hear from us again.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("candidate_id", "vacancy_id"),
        Index(None, "state", "active_at"),
        Index(None, "vacancy_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), info=PERSONAL)
    state: Mapped[ApplicationState] = mapped_column(String(12), info=PERSONAL)
    state_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    step: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    resumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    reason: Mapped[str] = mapped_column(String(500), default="", info=PERSONAL)
    kept_in_mind: Mapped[bool | None] = mapped_column(default=None, info=PERSONAL)
    next_on: Mapped[date | None] = mapped_column(default=None, info=PERSONAL)
    starts_on: Mapped[date | None] = mapped_column(default=None, info=PERSONAL)
    ends_on: Mapped[date | None] = mapped_column(default=None, info=PERSONAL)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class ApplicationMove(Base):
    """Each change of an application's state, for the journey map and the timeline."""

    __tablename__ = "application_move"
    __table_args__ = (Index(None, "application_id", "moved_at"), Index(None, "candidate_id", "moved_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    from_state: Mapped[str | None] = mapped_column(String(12), default=None, info=PERSONAL)
    to_state: Mapped[str] = mapped_column(String(12), info=PERSONAL)
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
