"""An engagement action: what a recruiter did for a candidate, what came of it, and what it earned."""

from datetime import date, datetime
from typing import NamedTuple, cast

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.actions.outcome import REPLY_WITHIN
from app.domain.agency.person import Person
from app.domain.program.action_kind import ActionKind
from app.prepared import Prepared

TAKEN_BACK = "undone_at IS NOT NULL"


class EngagementAction(Base):
    """`person_id` is None for what a system did; `points` and `award_reason` are what was decided when recorded.

    Bonuses are among the points; what a proof pays later is not. `brought`: by a file, which is news to nobody.
    """

    __tablename__ = "engagement_action"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "candidate_id", "occurred_at"),
        Index(None, "person_id", "local_date"),
        Index(None, "local_date"),
        Index(None, "undone_at", sqlite_where=text(TAKEN_BACK), postgresql_where=text(TAKEN_BACK)),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"))
    outcome: Mapped[str] = mapped_column(String(16), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    local_date: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(8), default="page")
    external_id: Mapped[str | None] = mapped_column(String(120), default=None, info=PERSONAL)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None, info=PERSONAL)
    points: Mapped[int] = mapped_column(default=0)
    award_reason: Mapped[str | None] = mapped_column(String(20), default=None)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    brought: Mapped[bool] = mapped_column(default=False)


TABLE = cast("Table", EngagementAction.__table__)
INSERT = Prepared(upsert(TABLE).on_conflict_do_nothing().returning(TABLE.c.id))
RECORDED = (
    select(
        TABLE.c.id,
        TABLE.c.person_id,
        TABLE.c.candidate_id,
        TABLE.c.outcome,
        TABLE.c.points,
        TABLE.c.award_reason,
        ActionKind.code,
        TABLE.c.note,
        TABLE.c.channel,
        TABLE.c.undone_at,
    )
    .join(ActionKind, ActionKind.id == TABLE.c.kind_id)
    .where(
        or_(
            TABLE.c.key == bindparam("key", type_=LargeBinary()),
            (TABLE.c.source == bindparam("source")) & (TABLE.c.external_id == bindparam("external")),
        )
    )
)
NEWEST_MESSAGE = (
    select(TABLE.c.id, TABLE.c.person_id, Person.team_id, ActionKind.program_id, TABLE.c.kind_id, TABLE.c.points)
    .join(ActionKind, ActionKind.id == TABLE.c.kind_id)
    .outerjoin(Person, Person.id == TABLE.c.person_id)
    .where(
        TABLE.c.candidate_id == bindparam("candidate"),
        TABLE.c.occurred_at > bindparam("after", type_=UtcDateTime()),
        TABLE.c.occurred_at <= bindparam("until", type_=UtcDateTime()),
        TABLE.c.undone_at.is_(None),
        ActionKind.code == "message",
    )
    .order_by(TABLE.c.occurred_at.desc(), TABLE.c.id.desc())
    .limit(1)
)


class Recorded(NamedTuple):
    """An action that is there already, under the same key or the same id at its source."""

    action_id: int
    person_id: int | None
    candidate_id: int
    outcome: str
    points: int
    reason: str | None
    kind_code: str
    note: str | None
    channel: str | None
    undone_at: datetime | None


class Message(NamedTuple):
    """A message of ours that a candidate may be answering; `team_id` is its sender's."""

    action_id: int
    person_id: int | None
    team_id: int | None
    program_id: int
    kind_id: int
    points: int


def recorded(key: bytes | None, source: str, external_id: str | None) -> Recorded | None:
    """What was recorded before under this key, or by this source under this id."""
    row = db.session.connection().execute(RECORDED, {"key": key, "source": source, "external": external_id}).first()
    return Recorded(*row) if row else None


def insert(facts: dict[str, object]) -> int | None:
    """Write one row and return its id; None when its key or its source's id is taken."""
    found = INSERT.run(facts)
    return int(found[0][0]) if found else None


def mark_undone(action_id: int, by_id: int, at: datetime) -> bool:
    """Mark an action as undone; False when somebody did before."""
    facts = {"undone_at": at, "undone_by_id": by_id}
    query = update(TABLE).where(TABLE.c.id == action_id, TABLE.c.undone_at.is_(None)).values(**facts)
    return db.session.connection().execute(query).rowcount == 1


def newest_message(candidate_id: int, at: datetime) -> Message | None:
    """Our last message of the fourteen days before a moment: what a candidate who now writes is answering."""
    facts = {"candidate": candidate_id, "after": at - REPLY_WITHIN, "until": at}
    row = db.session.connection().execute(NEWEST_MESSAGE, facts).first()
    return Message(*row) if row else None
