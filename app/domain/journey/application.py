"""An application: how far a candidate came with a vacancy, and when we last told them something about it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.journey.vacancy import Vacancy

IDLE = timedelta(minutes=60)
MOST = 50


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


BY_ITSELF = frozenset({ApplicationState.STARTED, ApplicationState.COMPLETED})
"""What follows from what the candidate does; the other states are told by a recruiter."""

WORD_WITHIN = MappingProxyType({ApplicationState.COMPLETED: 2, ApplicationState.INTERVIEWED: 1})
"""How many working days after these states began a candidate hears from us at the latest."""

OPEN = BY_ITSELF | {ApplicationState.IN_PROCEDURE, ApplicationState.INTERVIEWED}
TURNED_AWAY = frozenset({ApplicationState.REJECTED, ApplicationState.WITHDRAWN})
"""After these somebody may apply anew; whoever was placed has the job."""

UNFINISHED = and_(
    Application.state == ApplicationState.STARTED,
    Application.stopped_at.is_not(None),
    Application.resumed_at.is_(None),
)
"""Found unfinished, and not gone on with since; that happens once in an application."""


class Told(NamedTuple):
    """An application and what it is for."""

    row: Application
    vacancy: Vacancy


def is_unfinished(row: Application) -> bool:
    """The same as `UNFINISHED`, of a row at hand."""
    return row.state == ApplicationState.STARTED and row.stopped_at is not None and row.resumed_at is None


def of_candidate(candidate_id: int) -> Sequence[Told]:
    """The applications of a candidate, the one that moved last first."""
    query = (
        select(Application, Vacancy)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(Application.candidate_id == candidate_id)
        .order_by(Application.state_at.desc(), Application.id.desc())
    )
    return [Told(*row) for row in db.session.execute(query.limit(MOST))]


def one_of(candidate_id: int, application_id: int) -> Told | None:
    """One application of this candidate and of nobody else."""
    query = (
        select(Application, Vacancy)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(Application.id == application_id, Application.candidate_id == candidate_id)
    )
    row = db.session.execute(query).first()
    return Told(*row) if row else None


def of_many(candidate_ids: Collection[int], vacancy_ids: Collection[int]) -> dict[tuple[int, int], Application]:
    """The applications of these candidates for these vacancies, by both."""
    query = select(Application).where(
        Application.candidate_id.in_(candidate_ids), Application.vacancy_id.in_(vacancy_ids)
    )
    return {(row.candidate_id, row.vacancy_id): row for row in db.session.scalars(query)}


def turned_away_at(application_ids: Iterable[int]) -> dict[int, datetime]:
    """When these applications were last rejected or withdrawn; steps before that belong to an earlier round."""
    move = ApplicationMove
    query = select(move.application_id, func.max(move.moved_at)).where(
        move.application_id.in_(list(application_ids)), move.to_state.in_(TURNED_AWAY)
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(move.application_id))}


def moves_of(application_id: int) -> Sequence[ApplicationMove]:
    """How an application came to where it is, newest first."""
    query = select(ApplicationMove).where(ApplicationMove.application_id == application_id)
    return db.session.scalars(query.order_by(ApplicationMove.moved_at.desc(), ApplicationMove.id.desc())).all()
