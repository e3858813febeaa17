"""Verification: the proof that an action came to be, after which it earns the rest of what its kind is worth."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, String, Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions import engagement_action
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.candidates import contact_state
from app.domain.game import ledger
from app.domain.game.ledger import LedgerEntry
from app.domain.journey.touchpoint_kind import REPLY
from app.prepared import Prepared

SOURCE = "proof"
WITHIN = timedelta(days=14)


class Evidence(StrEnum):
    """What showed that it came to be; only an approval is somebody's word."""

    REPLY = "reply"
    CALENDAR = "calendar"
    PROVIDER = "provider"
    APPROVAL = "approval"


EVIDENCE = {REPLY: Evidence.REPLY, "event_attended": Evidence.PROVIDER}
"""What a touchpoint that a source brought proves, by its kind."""


class Verification(Base):
    """A row for every action whose kind pays most of its points on proof; `evidence` is None until there is some.

    `owing` are the points that the proof pays; `evidence` is reply, calendar, provider or approval.
    """

    __tablename__ = "verification"
    __table_args__ = (Index(None, "candidate_id", "evidence"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("engagement_action.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owing: Mapped[int]
    evidence: Mapped[str | None] = mapped_column(String(10), default=None)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


TABLE = cast("Table", Verification.__table__)
EXPECT = Prepared(insert(TABLE))
ACTION = engagement_action.TABLE
LEDGER = cast("Table", LedgerEntry.__table__)
STANDING = ACTION.join(TABLE, TABLE.c.action_id == ACTION.c.id)
WAITING = (
    select(TABLE.c.action_id)
    .select_from(STANDING)
    .where(
        TABLE.c.candidate_id == bindparam("candidate"),
        TABLE.c.evidence.is_(None),
        ACTION.c.undone_at.is_(None),
        ACTION.c.occurred_at > bindparam("after", type_=UtcDateTime()),
        ACTION.c.occurred_at <= bindparam("until", type_=UtcDateTime()),
    )
    .order_by(TABLE.c.action_id)
)
EARNED = select(LEDGER).where(
    LEDGER.c.source_kind == "action", LEDGER.c.source_id == bindparam("action"), LEDGER.c.kind == ledger.EARN
)


def expect(waiting: Iterable[tuple[int, int, int, int]]) -> None:
    """These actions wait for their proof: each with its candidate, its person and what the proof pays."""
    names = ("action_id", "candidate_id", "person_id", "owing")
    none = dict.fromkeys(("evidence", "verified_at", "verified_by_id", "declined_at"))
    rows = [dict(zip(names, one, strict=True)) | none for one in waiting]
    if rows:
        EXPECT.many(rows)


def prove(action_id: int, evidence: str, now: datetime, by_id: int | None = None) -> int:
    """Pay what an action still earns, dated as the action; 0 when it was undone, or waits for nothing.

    `by_id`: who says so, for an approval; whether they may is for `approval` to say.
    """
    candidate_id = db.session.scalar(select(TABLE.c.candidate_id).where(TABLE.c.action_id == action_id))
    if candidate_id is None:
        return 0
    contact_state.hold(candidate_id)
    proven = (
        update(TABLE)
        .where(
            TABLE.c.action_id == action_id,
            TABLE.c.evidence.is_(None),
            select(ACTION.c.id).where(ACTION.c.id == action_id, ACTION.c.undone_at.is_(None)).exists(),
        )
        .values(evidence=str(evidence), verified_at=now, verified_by_id=by_id)
        .returning(TABLE.c.owing)
    )
    connection = db.session.connection()
    owing: int | None = connection.execute(proven).scalar_one_or_none()
    return _pay(action_id, owing, now, by_id) if owing else 0


def _pay(action_id: int, owing: int, now: datetime, by_id: int | None) -> int:
    key, connection = _key(action_id), db.session.connection()
    earned = connection.execute(EARNED, {"action": action_id}).mappings().one()
    paid_before = connection.scalar(select(func.count()).where(LEDGER.c.idempotency_key == key)) or 0
    ledger.credit(
        program_id=earned["program_id"],
        person_id=earned["person_id"],
        team_id=earned["team_id"],
        kind=ledger.BONUS,
        action_kind_id=earned["action_kind_id"],
        rule_version=earned["rule_version"],
        points=owing,
        reason=SOURCE,
        occurred_at=earned["occurred_at"],
        local_date=earned["local_date"],
        recorded_at=now,
        source="system",
        candidate_id=earned["candidate_id"],
        source_kind=SOURCE,
        source_id=action_id,
        nth=None,
        key=key,
        line=paid_before,
        actor_id=by_id,
    )
    return owing


def seen(candidate_id: int, evidence: str, at: datetime, now: datetime, *, except_of: int | None = None) -> int:
    """Something at a moment proves whatever waits of the fourteen days before it; answers the points.

    `except_of`: a person whose own word it is, which proves nothing of theirs.
    """
    facts = {"candidate": candidate_id, "after": at - WITHIN, "until": at}
    waiting = WAITING if except_of is None else WAITING.where(TABLE.c.person_id != except_of)
    action_ids = db.session.connection().scalars(waiting, facts).all()
    return sum(prove(action_id, evidence, now) for action_id in action_ids)


def kept(promise_ids: Sequence[int], now: datetime, *, except_of: int | None = None) -> int:
    """What was agreed in these promises happened: it proves the actions that made them.

    `except_of`: whoever says so, whose word proves nothing of their own.
    """
    made = (
        select(Promise.made_by_action_id)
        .join(ACTION, ACTION.c.id == Promise.made_by_action_id)
        .where(Promise.id.in_(promise_ids), ACTION.c.person_id.is_distinct_from(except_of))
    )
    return sum(prove(action_id, Evidence.CALENDAR, now) for action_id in db.session.scalars(made).all() if action_id)


def take_back(found: EngagementAction, by_id: int, now: datetime) -> None:
    """An action was undone: its own proof goes, and what was proven in the moment of recording it waits again."""
    ledger.reverse(SOURCE, found.id, by_id=by_id, now=now)
    shown = select(TABLE.c.action_id).where(
        TABLE.c.candidate_id == found.candidate_id,
        TABLE.c.verified_at == found.recorded_at,
        TABLE.c.evidence != Evidence.APPROVAL,
    )
    ids = db.session.scalars(shown).all()
    for one in ids:
        ledger.reverse(SOURCE, one, by_id=by_id, now=now)
    waits = dict.fromkeys(("evidence", "verified_at", "verified_by_id"))
    db.session.connection().execute(update(TABLE).where(TABLE.c.action_id.in_(ids)).values(waits))


def owing(action_id: int) -> int:
    """What the proof of an action still pays."""
    waits = select(TABLE.c.owing).where(TABLE.c.action_id == action_id, TABLE.c.evidence.is_(None))
    return db.session.scalar(waits) or 0


def _key(action_id: int) -> bytes:
    return hashlib.blake2b(f"proof of action {action_id}".encode(), digest_size=16).digest()
