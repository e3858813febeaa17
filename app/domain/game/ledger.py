"""The points ledger: append-only; every point that anybody has is the sum of rows here."""

from datetime import date, datetime
from typing import NamedTuple, TypedDict, Unpack

from sqlalchemy import (
    Connection,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    RowMapping,
    String,
    TextClause,
    UniqueConstraint,
    bindparam,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import Period
from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.game import running_total

EARN = "earn"
REVERSAL = "reversal"


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


class Entry(TypedDict):
    """The facts of a row. `kind` is earn, bonus or adjust; bonuses and rows without points have no `nth`."""

    program_id: int
    person_id: int
    team_id: int | None
    kind: str
    action_kind_id: int | None
    rule_version: int | None
    points: int
    reason: str
    occurred_at: datetime
    local_date: date
    recorded_at: datetime
    source: str
    candidate_id: int | None
    source_kind: str
    source_id: int
    nth: int | None
    key: bytes | None
    line: int
    actor_id: int | None


def credit(**entry: Unpack[Entry]) -> int:
    """Write one row and move the standings; the caller holds the candidate's lock. Returns the row's id.

    Raises:
        IntegrityError: the key and line, or this earning, are in the ledger already.
    """
    connection = db.session.connection()
    entry_id: int = connection.execute(INSERT, entry).scalar_one()
    running_total.move(
        connection,
        program_id=entry["program_id"],
        person_id=entry["person_id"],
        team_id=entry["team_id"],
        candidate_id=entry["candidate_id"],
        local_date=entry["local_date"],
        points=entry["points"],
        actions=int(entry["kind"] == EARN),
    )
    return entry_id


def reverse(source_kind: str, source_id: int, *, by_id: int | None, now: datetime) -> int:
    """Take back every row of a source, each by a row dated as the original. Returns the points taken back.

    What was taken back already stays so: a second call finds nothing.
    """
    table = LedgerEntry.__table__
    wanted = select(table).where(
        LedgerEntry.source_kind == source_kind, LedgerEntry.source_id == source_id, LedgerEntry.kind != REVERSAL
    )
    connection = db.session.connection()
    rows = connection.execute(wanted.order_by(LedgerEntry.id)).mappings().all()
    return sum(_reverse(connection, row, by_id, now) for row in rows)


def _reverse(connection: Connection, row: RowMapping, by_id: int | None, now: datetime) -> int:
    facts = dict(row) | {"original": row["id"], "by": by_id, "now": now}
    if connection.execute(REVERSE, facts).first() is None:
        return 0
    running_total.move(
        connection,
        program_id=row["program_id"],
        person_id=row["person_id"],
        team_id=row["team_id"],
        candidate_id=row["candidate_id"],
        local_date=row["local_date"],
        points=-row["points"],
        actions=-int(row["kind"] == EARN),
        reversal=True,
    )
    return int(row["points"])


class Earned(NamedTuple):
    """How often a combination was earned, and how often that was taken back."""

    times: int
    reversals: int


def earned(person_id: int, candidate_id: int, action_kind_id: int, local_date: date) -> Earned:
    """The earnings of one kind that a person has for a candidate on a day."""
    facts = {"person": person_id, "candidate": candidate_id, "kind": action_kind_id, "day": local_date}
    times, reversals = db.session.connection().execute(EARNED, facts).one()
    return Earned(times, reversals)


def is_known(key: bytes) -> bool:
    """Whether a row under this key was written before, taken back since or not."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.idempotency_key == key).limit(1)) is not None


def rows_for(person_id: int, period: Period, number: int = 1) -> Page[LedgerEntry]:
    """One page of a person's rows in a period, newest first."""
    mine = select(LedgerEntry).where(
        LedgerEntry.person_id == person_id,
        LedgerEntry.local_date >= period.start,
        LedgerEntry.local_date < period.end,
    )
    return page_of(mine.order_by(LedgerEntry.occurred_at.desc(), LedgerEntry.id.desc()), number)


def _typed(sql: str) -> TextClause:
    """Written out, because the hot path cannot pay for building it; the types are those of the columns."""
    days = [bindparam(name, type_=Date) for name in ("local_date", "day") if f":{name}" in sql]
    moments = [
        bindparam(name, type_=UtcDateTime) for name in ("occurred_at", "recorded_at", "now") if f":{name}" in sql
    ]
    return text(sql).bindparams(*days, *moments)


INSERT = _typed(
    "INSERT INTO ledger_entry (program_id, person_id, team_id, kind, action_kind_id, rule_version, points, reason,"
    " occurred_at, local_date, recorded_at, source, candidate_id, source_kind, source_id, nth, idempotency_key, line,"
    " actor_id) VALUES (:program_id, :person_id, :team_id, :kind, :action_kind_id, :rule_version, :points, :reason,"
    " :occurred_at, :local_date, :recorded_at, :source, :candidate_id, :source_kind, :source_id, :nth, :key, :line,"
    " :actor_id) RETURNING id"
)
REVERSE = _typed(
    "INSERT INTO ledger_entry (program_id, person_id, team_id, kind, action_kind_id, rule_version, points, reason,"
    " occurred_at, local_date, recorded_at, source, candidate_id, source_kind, source_id, reverses_id, line, actor_id)"
    " VALUES (:program_id, :person_id, :team_id, 'reversal', :action_kind_id, :rule_version, - :points, :reason,"
    " :occurred_at, :local_date, :now, :source, :candidate_id, :source_kind, :source_id, :original, :line, :by)"
    " ON CONFLICT (reverses_id) DO NOTHING RETURNING id"
)
EARNED = _typed(
    "SELECT count(*), count(back.id) FROM ledger_entry AS entry"
    " LEFT JOIN ledger_entry AS back ON back.reverses_id = entry.id"
    " WHERE entry.person_id = :person AND entry.candidate_id = :candidate AND entry.action_kind_id = :kind"
    " AND entry.local_date = :day AND entry.nth IS NOT NULL"
)
